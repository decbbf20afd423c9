-- :checkhealth thoughtsmith
local config = require('thoughtsmith.config')

local M = {}

local CONFIG_FILES = { 'thoughtsmith.toml', '.thoughtsmith.toml' }
local EXAMPLES = { 'a.prompt.md', 'a.mdc', 'a.prompty', 'a.prompt', 'a.poml', 'a.j2', 'promptfooconfig.yaml' }
local COMPLETION_PLUGINS = { cmp = 'nvim-cmp', ['blink.cmp'] = 'blink.cmp' }

local health = vim.health

-- What Neovim starts the server by: |vim.lsp.config()| may say something else than the plugin.
local function settings()
  return vim.lsp.config and vim.lsp.config[config.NAME] or config.client()
end

local function check_neovim(say)
  local version = tostring(vim.version())
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok(say.neovim:format(version))
  elseif vim.fn.has('nvim-0.10') == 1 then
    health.warn(say.neovim_old:format(version), say.neovim_old_advice)
  else
    health.error(say.neovim_too_old:format(version), say.neovim_too_old_advice)
  end
end

local function check_program(say)
  local cmd = settings().cmd
  if type(cmd) == 'function' then
    health.info(say.command)
    return
  end
  local program = vim.fn.exepath(cmd[1])
  if program == '' then
    health.error(say.missing:format(cmd[1]), say.missing_advice)
    return
  end
  -- All before the command `server` starts the program, such as `uvx thoughtsmith`.
  local call = {}
  for _, word in ipairs(cmd) do
    if word == 'server' then
      break
    end
    table.insert(call, word)
  end
  table.insert(call, '--version')
  local started, process = pcall(vim.system, call, { text = true, timeout = 10000 })
  local result = started and process:wait() or { code = 1, stderr = tostring(process) }
  if result.code == 0 then
    health.ok(say.program:format(vim.trim(result.stdout), program))
  else
    health.error(say.broken:format(program, vim.trim(result.stderr or '')), say.broken_advice)
  end
end

local function check_servers(say)
  if vim.g.thoughtsmith_enabled == false then
    health.info(say.disabled)
  end
  local clients = vim.lsp.get_clients({ name = config.NAME })
  local servers_of = {}
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_keys(client.attached_buffers)
    local version = vim.tbl_get(client, 'server_info', 'version') or say.position:format(client.offset_encoding)
    health.ok(say.attached:format(client.id, version, #buffers, client.config.root_dir or '–'))
    for _, buffer in ipairs(buffers) do
      servers_of[buffer] = (servers_of[buffer] or 0) + 1
    end
  end
  if #clients == 0 then
    health.warn(say.none_attached, say.none_attached_advice)
  end
  if vim.iter(pairs(servers_of)):any(function(_, count) return count > 1 end) then
    health.warn(say.several, say.several_advice)
  end
end

local function check_config_file(say)
  local found = vim.fs.find(CONFIG_FILES, { upward = true, path = vim.fn.getcwd() })[1]
  if found then
    health.ok(say.config_file:format(vim.fn.fnamemodify(found, ':~')))
  else
    health.info(say.no_config_file)
  end
end

local function check_file_types(say)
  local types = settings().filetypes
  local all_known = true
  for _, name in ipairs(EXAMPLES) do
    local found = vim.filetype.match({ filename = name }) or ''
    if not vim.tbl_contains(types, found) then
      all_known = false
      health.warn(say.file_type:format(name, found), say.file_type_advice:format(found))
    end
  end
  if all_known then
    health.ok(say.file_types)
  end
end

local function check_completion(say)
  if not config.options.completion then
    health.info(say.own_menu)
    return
  end
  local is_alone = true
  for module, name in pairs(COMPLETION_PLUGINS) do
    if package.loaded[module] then
      is_alone = false
      health.warn(say.plugin:format(name), say.plugin_advice)
    end
  end
  if is_alone and vim.lsp.completion then
    health.ok(say.menu)
  end
end

function M.check()
  local say = require('thoughtsmith.messages').health
  health.start('Thoughtsmith')
  check_neovim(say)
  check_program(say)
  check_servers(say)
  check_config_file(say)
  check_file_types(say)
  check_completion(say)
end

return M
