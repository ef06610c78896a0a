"""PDF files: PDFium reads the text, pdfminer.six the fonts and layout of the first page."""
