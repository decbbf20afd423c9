-- What the user has chosen, and the client that follows from it.
local M = {}

M.NAME = 'thoughtsmith'

M.options = {
  -- How the server is started.
  cmd = { "thoughtsmith", 'server' },
  -- Of YAML and XML the server follows what holds prompts, such as promptfooconfig.yaml, and leaves all else alone.
  filetypes = { 'markdown', 'text', 'jinja', 'yaml', 'xml', 'toml' },
  -- The settings of the server, |thoughtsmith-settings|.
  settings = {},
  -- Whether the menu opens while you type. A completion plugin does this by itself.
  completion = true,
}

local root_markers = { 'thoughtsmith.toml', '.thoughtsmith.toml', '.thoughtsmith', '.git' }
local config_files = { 'thoughtsmith.toml', '.thoughtsmith.toml', 'pyproject.toml' }
local letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
  .. 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ'
local chosen = {}

--- Take over the user's options. An unknown one is an error, so that a slip of the pen is noticed.
function M.set(options)
  for name, value in pairs(options) do
    local default = M.options[name]
    if default == nil then
      error(('thoughtsmith: unknown option %q; there are: cmd, completion, filetypes, settings'):format(name), 3)
    end
    if type(value) ~= type(default) and not (name == 'cmd' and type(value) == 'function') then
      error(('thoughtsmith: option %q must be a %s'):format(name, type(default)), 3)
    end
    chosen[name] = value
    M.options[name] = value
  end
end

--- What of the client differs from the defaults.
function M.changes()
  return {
    cmd = chosen.cmd,
    filetypes = chosen.filetypes,
    settings = M.chosen_settings(),
  }
end

--- The client, as |vim.lsp.config()| takes it.
function M.client()
  return {
    name = M.NAME,
    cmd = M.options.cmd,
    filetypes = M.options.filetypes,
    root_markers = root_markers,
    root_dir = function(buffer, start)
      if M.concerns(buffer) then
        start(M.root_of(buffer))
      end
    end,
    settings = { [M.NAME] = M.options.settings },
    on_init = function(client)
      local completion = client.server_capabilities.completionProvider
      if completion and M.options.completion then
        -- Neovim opens the menu after a server's trigger characters only. The server offers something only where a
        -- block can begin, so any letter may ask it.
        local triggers = vim.fn.split(letters, '\\zs')
        completion.triggerCharacters = vim.list_extend(triggers, completion.triggerCharacters or {})
      end
    end,
  }
end

--- Whether the server has to do with a file of one of the `filetypes`: of TOML only with its own config files.
function M.concerns(buffer)
  local name = vim.fs.basename(vim.api.nvim_buf_get_name(buffer))
  return vim.bo[buffer].filetype ~= 'toml' or vim.tbl_contains(config_files, name)
end

--- The settings as the server takes them, if they were chosen by `setup()`; others are Neovim's own business.
function M.chosen_settings()
  return chosen.settings and { [M.NAME] = chosen.settings }
end

--- The folder that a file belongs to.
function M.root_of(buffer)
  return vim.fs.root(buffer, root_markers)
end

return M
