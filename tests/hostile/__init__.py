"""Files made to break a reader: small on disk, large in what they ask for, or not what they seem.

Each is built when it is wanted, so that nothing hostile lies in the tree and everybody can see what is odd about it.
`states.json` says in which states each may end.
"""
