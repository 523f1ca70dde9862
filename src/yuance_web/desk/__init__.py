"""What officials open and sign: portal, documents, public pages (工作台). Placed here, not built yet."""
