-- The plugin as its users see it: |thoughtsmith|.
local M = {}

local is_enabled = false

--- Change what the defaults do not suit: `cmd`, `filetypes`, `settings`, `completion`; see |thoughtsmith-setup|.
--- May be called before or after the plugin is loaded, and more than once.
function M.setup(options)
  local config = require('thoughtsmith.config')
  config.set(options or {})
  if vim.lsp.config then
    vim.lsp.config(config.NAME, config.changes())
  end
  M.enable()
  if options and options.settings then
    require('thoughtsmith.client').send_settings()
  end
end

--- Start the server for every prompt that is open or will be.
function M.enable()
  if is_enabled then
    return
  end
  is_enabled = true
  local name = require('thoughtsmith.config').NAME
  vim.api.nvim_create_autocmd('LspAttach', {
    group = vim.api.nvim_create_augroup('thoughtsmith', { clear = true }),
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == name then
        require('thoughtsmith.client').attached(client)
        if require('thoughtsmith.config').options.completion then
          require('thoughtsmith.completion').attach(client, event.buf)
        end
      end
    end,
  })
  require('thoughtsmith.client').enable()
end

return M
