-- What the server knows: techniques, recipes, terms and rules.
local M = {}

--- The entries of the given kinds, each with `id`, `kind`, `name` and `summary`.
function M.entries(kinds)
  local ask = require('thoughtsmith.client')
  local client = ask.any()
  local found = {}
  if client then
    ask.command(client, 'topics', function(topics)
      found = vim.tbl_filter(function(topic)
        return kinds[topic.kind]
      end, topics)
    end)
  end
  return found
end

--- The ids of the entries of the given kinds.
function M.ids(kinds)
  return vim.tbl_map(function(entry)
    return entry.id
  end, M.entries(kinds))
end

return M
