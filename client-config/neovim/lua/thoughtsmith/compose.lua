-- :Thoughtsmith compose, a prompt out of several techniques in a window of its own.
local say = require('thoughtsmith.messages')

local M = {}

--- Compose a prompt of what `specs` name; the given lines, if any, are its task.
function M.run(specs, call)
  if #specs == 0 then
    say.error(say.nothing_to_compose)
    return
  end
  local task = call.range > 0 and vim.api.nvim_buf_get_lines(0, call.line1 - 1, call.line2, true) or {}
  local ask = require('thoughtsmith.client')
  local client = ask.any()
  if client then
    ask.command(client, 'compose', function(prompt)
      vim.cmd.new()
      vim.api.nvim_buf_set_lines(0, 0, -1, true, vim.split(vim.trim(prompt.text), '\n'))
      vim.bo.filetype = 'markdown'
    end, specs, table.concat(task, '\n'))
  end
end

return M
