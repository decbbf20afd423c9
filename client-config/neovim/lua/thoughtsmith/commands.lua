-- The command :Thoughtsmith.
local say = require('thoughtsmith.messages')

local M = {}

local actions = {
  insert = function(call, words)
    require('thoughtsmith.insert').run(words[1], call)
  end,
  compose = function(call, words)
    require('thoughtsmith.compose').run(words, call)
  end,
  explain = function(_, words)
    require('thoughtsmith.explain').run(words[1])
  end,
  restart = function()
    require('thoughtsmith.client').restart()
  end,
  log = function()
    vim.cmd.tabedit(vim.fn.fnameescape(vim.lsp.get_log_path()))
    vim.cmd.normal({ 'G', bang = true })
  end,
}
-- The kinds of entries that an action takes.
local kinds = {
  insert = { technique = true, recipe = true },
  compose = { technique = true, recipe = true },
  explain = { technique = true, recipe = true, knowledge = true, rule = true },
}

--- Do what was asked for; `call` is what |nvim_create_user_command()| gives.
function M.run(call)
  local words = vim.deepcopy(call.fargs)
  local action = actions[table.remove(words, 1)]
  if action then
    action(call, words)
  else
    say.error(say.usage)
  end
end

--- What can follow a command line up to the cursor.
function M.complete(line)
  local words = vim.split(line, '%s+')
  while words[1] and not words[1]:match('Thoughtsmith$') do
    table.remove(words, 1) -- A range, or another command before this one.
  end
  local found
  if #words <= 2 then
    found = vim.tbl_keys(actions)
  elseif kinds[words[2]] and (words[2] == 'compose' or #words == 3) then
    found = require('thoughtsmith.catalogue').ids(kinds[words[2]])
  else
    found = {}
  end
  table.sort(found)
  return vim.tbl_filter(function(word)
    return vim.startswith(word:lower(), words[#words]:lower())
  end, found)
end

return M
