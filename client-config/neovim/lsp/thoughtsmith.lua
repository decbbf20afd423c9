-- The server for `vim.lsp.enable('thoughtsmith')`, Neovim 0.11 and newer.
return require('thoughtsmith.config').client()
