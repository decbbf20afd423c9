-- What the plugin says, in the language in which the server speaks to the user as well.
local M = {}

local english = {
  usage = 'usage: Thoughtsmith insert|compose|explain|restart|log …; see :help thoughtsmith-commands',
  no_server = 'no server is running; :checkhealth thoughtsmith says why',
  no_server_here = 'no server is running for this buffer; :checkhealth thoughtsmith says why',
  no_answer = 'the server does not answer (%s)',
  unknown = 'there is no %s here',
  not_stopped = 'the server does not end; :Thoughtsmith restart tries again',
  nothing_to_compose = 'name the techniques: Thoughtsmith compose cot bon:3',
  which_technique = 'Insert which technique?',
  explanation = ' q closes ',
  health = {
    neovim = 'Neovim %s',
    neovim_old = 'Neovim %s: the menu does not open by itself, and places to fill in stand in [brackets]',
    neovim_old_advice = 'Neovim 0.11 or newer can do both',
    neovim_too_old = 'Neovim %s is too old',
    neovim_too_old_advice = 'Install Neovim 0.10 or newer; 0.11 or newer can do more',
    command = 'The server is started by a function or over the network',
    missing = '`%s` is not found',
    missing_advice = {
      'Install it: `uv tool install thoughtsmith` or `pipx install thoughtsmith`',
      "Or say where it is: require('thoughtsmith').setup({ cmd = { '/path/to/thoughtsmith', 'server' } })",
    },
    broken = '`%s` does not run: %s',
    broken_advice = 'Run it in a terminal to see what is wrong; it may belong to a Python that is gone',
    program = '%s (%s)',
    disabled = 'The server is not started by the plugin: vim.g.thoughtsmith_enabled is false',
    attached = 'Server %d (%s): %d buffers, root folder %s',
    position = 'positions in %s',
    none_attached = 'No server is running',
    none_attached_advice = 'Open a prompt, such as a file that ends in .prompt.md; `:Thoughtsmith log` may say more',
    several = 'Several servers for one buffer',
    several_advice = 'Start it in one place only: the plugin, your init.lua or nvim-lspconfig',
    config_file = 'Config file: %s',
    no_config_file = 'No config file, so the settings of Neovim hold; `thoughtsmith init` writes one',
    file_type = '`%s` files have the type `%s`, so that no server is started for them',
    file_type_advice = "Another plugin may set it; put '%s' into `filetypes`",
    file_types = 'All kinds of prompt files are recognised',
    plugin = '%s asks the server for completions as well as Neovim',
    plugin_advice = "require('thoughtsmith').setup({ completion = false })",
    menu = 'The menu opens while you type',
    own_menu = 'The menu of Neovim is off',
  },
}

local russian = {
  usage = 'вызов: Thoughtsmith insert|compose|explain|restart|log …; см. :help thoughtsmith-commands',
  no_server = 'сервер не запущен; почему — скажет :checkhealth thoughtsmith',
  no_server_here = 'для этого буфера сервер не запущен; почему — скажет :checkhealth thoughtsmith',
  no_answer = 'сервер не отвечает (%s)',
  unknown = 'здесь нет %s',
  not_stopped = 'сервер не завершается; :Thoughtsmith restart попробует ещё раз',
  nothing_to_compose = 'назовите техники: Thoughtsmith compose cot bon:3',
  which_technique = 'Какую технику вставить?',
  explanation = ' q — закрыть ',
  health = {
    neovim = 'Neovim %s',
    neovim_old = 'Neovim %s: меню не открывается само, а места для заполнения стоят в [скобках]',
    neovim_old_advice = 'Neovim 0.11 и новее умеет и то и другое',
    neovim_too_old = 'Neovim %s слишком стар',
    neovim_too_old_advice = 'Установите Neovim 0.10 или новее; начиная с 0.11 он умеет больше',
    command = 'Сервер запускает функция, или он работает по сети',
    missing = '`%s` не найден',
    missing_advice = {
      'Установите его: `uv tool install thoughtsmith` или `pipx install thoughtsmith`',
      "Или укажите, где он: require('thoughtsmith').setup({ cmd = { '/путь/к/thoughtsmith', 'server' } })",
    },
    broken = '`%s` не запускается: %s',
    broken_advice = 'Запустите его в терминале и посмотрите, в чём дело; возможно, его Python удалён',
    program = '%s (%s)',
    disabled = 'Плагин не запускает сервер: vim.g.thoughtsmith_enabled равно false',
    attached = 'Сервер %d (%s): буферов: %d, корневая папка %s',
    position = 'позиции в %s',
    none_attached = 'Ни один сервер не запущен',
    none_attached_advice = 'Откройте промпт, например файл на .prompt.md; больше может рассказать `:Thoughtsmith log`',
    several = 'У одного буфера несколько серверов',
    several_advice = 'Запускайте его в одном месте: из плагина, из init.lua или через nvim-lspconfig',
    config_file = 'Файл настроек: %s',
    no_config_file = 'Файла настроек нет, действуют настройки Neovim; `thoughtsmith init` его создаст',
    file_type = 'У файлов `%s` тип `%s`, поэтому для них сервер не запускается',
    file_type_advice = "Возможно, его задаёт другой плагин; добавьте '%s' в `filetypes`",
    file_types = 'Все виды файлов с промптами распознаются',
    plugin = 'Подсказки у сервера просит и %s, и сам Neovim',
    plugin_advice = "require('thoughtsmith').setup({ completion = false })",
    menu = 'Меню открывается само, пока вы пишете',
    own_menu = 'Меню Neovim выключено',
  },
}

--- Tell the user of something that did not work.
function M.error(text)
  vim.notify('thoughtsmith: ' .. text, vim.log.levels.ERROR)
end

local function is_russian()
  local locale = require('thoughtsmith.config').options.settings.locale
  if locale == 'en' or locale == 'ru' then
    return locale == 'ru'
  end
  for _, name in ipairs({ 'LC_ALL', 'LC_MESSAGES', 'LANG' }) do
    local value = vim.env[name]
    if value and value ~= '' then
      return vim.startswith(value, 'ru')
    end
  end
  return false
end

return setmetatable(M, {
  __index = function(_, name)
    return (is_russian() and russian or english)[name]
  end,
})
