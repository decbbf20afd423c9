-- The running servers: starting them, asking them, starting them again.
local config = require('thoughtsmith.config')
local say = require('thoughtsmith.messages')

local M = {}

-- Milliseconds that an answer may take.
local PATIENCE = 20000
local is_current = vim.fn.has('nvim-0.11') == 1

-- What Neovim 0.10 does not do for us.
local function start_for(buffer)
  local is_file = vim.bo[buffer].buftype == ''
  if is_file and vim.tbl_contains(config.options.filetypes, vim.bo[buffer].filetype) and config.concerns(buffer) then
    local client = config.client()
    client.root_dir = config.root_of(buffer)
    vim.lsp.start(client, {
      bufnr = buffer,
      -- Neovim 0.10 starts another server for each file that belongs to no folder.
      reuse_client = function(running)
        return running.name == config.NAME and running.config.root_dir == client.root_dir
      end,
    })
  end
end

--- Start a server for every prompt that is open.
function M.start_all()
  if vim.lsp.enable then
    vim.lsp.enable(config.NAME)
  else
    for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
      if vim.api.nvim_buf_is_loaded(buffer) then
        start_for(buffer)
      end
    end
  end
end

--- Start a server for every prompt that is open or will be.
function M.enable()
  if not vim.lsp.enable then
    vim.api.nvim_create_autocmd('FileType', {
      group = vim.api.nvim_create_augroup('thoughtsmith_start', { clear = true }),
      callback = function(event)
        start_for(event.buf)
      end,
    })
  end
  M.start_all()
end

local function send(client, settings)
  client.settings = settings
  local params = { settings = settings }
  if is_current then
    client:notify('workspace/didChangeConfiguration', params)
  else
    client.notify('workspace/didChangeConfiguration', params)
  end
end

--- Let the running servers go by other settings.
function M.send_settings()
  for _, client in ipairs(vim.lsp.get_clients({ name = config.NAME })) do
    send(client, config.chosen_settings())
  end
end

--- What has to be done when a server has a new buffer. One that was about to start when its settings were chosen does
--- not know them yet.
function M.attached(client)
  local settings = config.chosen_settings()
  if settings and not vim.deep_equal(client.settings, settings) then
    send(client, settings)
  end
end

--- Start the servers again, with what their settings are now.
function M.restart()
  local clients = vim.lsp.get_clients({ name = config.NAME })
  for _, client in ipairs(clients) do
    client.stop(client)
  end
  local deadline = vim.uv.now() + PATIENCE
  local function continue()
    local is_running = vim.iter(clients):any(function(client)
      -- One that is about to end counts as stopped already, but still has its buffers.
      return vim.lsp.get_client_by_id(client.id) ~= nil
    end)
    if not is_running then
      M.start_all()
    elseif vim.uv.now() < deadline then
      vim.defer_fn(continue, 20)
    else
      say.error(say.not_stopped)
    end
  end
  continue()
end

--- The server of the current buffer; `nil`, with a message, if it has none.
function M.here()
  local client = vim.lsp.get_clients({ name = config.NAME, bufnr = 0 })[1]
  if not client then
    say.error(say.no_server_here)
  elseif M.is_ready(client) then
    return client
  end
end

--- Any server: that of the buffer, or another, or one that is started now. `nil`, with a message, if there is none.
function M.any()
  local client = vim.lsp.get_clients({ name = config.NAME, bufnr = 0 })[1]
    or vim.lsp.get_clients({ name = config.NAME })[1]
  if not client then
    local settings = vim.lsp.config and vim.deepcopy(vim.lsp.config[config.NAME]) or config.client()
    settings.root_dir = vim.fn.getcwd()
    local id
    if is_current then
      id = vim.lsp.start(settings, { attach = false })
    else
      id = vim.lsp.start_client(settings)
    end
    client = id and vim.lsp.get_client_by_id(id)
  end
  if not client then
    say.error(say.no_server)
  elseif M.is_ready(client) then
    return client
  end
end

--- Whether the server answers, after the time that it needs to start.
function M.is_ready(client)
  local is_ready = vim.wait(PATIENCE, function()
    return client.initialized
  end, 10)
  if not is_ready then
    say.error(say.no_server)
  end
  return is_ready
end

--- Ask one of the server's own commands. `answered` gets the result, `nil` for null, before this returns; what goes
--- wrong the user is told.
function M.command(client, name, answered, ...)
  local params = { command = 'thoughtsmith.' .. name, arguments = { ... } }
  local answer, problem
  if is_current then
    answer, problem = client:request_sync('workspace/executeCommand', params, PATIENCE, 0)
  else
    answer, problem = client.request_sync('workspace/executeCommand', params, PATIENCE, 0)
  end
  if not answer then
    say.error(say.no_answer:format(problem))
  elseif answer.err then
    say.error(answer.err.message)
  else
    answered(answer.result ~= vim.NIL and answer.result or nil)
  end
end

return M
