"""What findings and their fixes say, in Russian: by rule, or by rule and variant; `{…}` stands for a value."""

from __future__ import annotations

FINDINGS: dict[str, str] = {
    # invalid-yaml
    "invalid-yaml.syntax": "Это не YAML: программы это не прочитают",
    "invalid-yaml.second-document": "Здесь начинается второй документ YAML, а программы читают только один. "
    "Уберите эту строку или перенесите всё ниже неё в отдельный файл",
    "invalid-yaml.unclosed-quote": "Нет закрывающей кавычки",
    "invalid-yaml.unclosed-bracket": "Нет закрывающей скобки",
    "invalid-yaml.missing-colon": "В строке шапки нужны ключ и двоеточие: `ключ: значение`",
    "invalid-yaml.no-space-after-colon": "После двоеточия нужен пробел, иначе это не ключ",
    "invalid-yaml.tab": "В YAML нельзя делать отступы табуляцией",
    "invalid-yaml.not-a-mapping": "Здесь должны быть ключи со значениями: `ключ: значение`",
    "invalid-yaml.control-character": "Символ {detail} в YAML запрещён",
    "invalid-yaml.too-deep": "Слишком глубокая вложенность: это не прочитать",
    "invalid-yaml.too-long": "Слишком длинно: это не прочитать",
    "invalid-yaml.json-syntax": "Это не JSON: программы это не прочитают",
    "invalid-yaml.json-not-a-mapping": 'Здесь ожидаются ключи со значениями в фигурных скобках: `"ключ": "значение"`',
    "invalid-yaml.json-control-character": "JSON с символом {detail} программы не принимают",
    "invalid-yaml.fix": "Записать по правилам YAML",
    # unquoted-text
    "unquoted-text.unquoted-colon": "Тексту с «: » внутри нужны кавычки: без них теряется вся шапка",
    "unquoted-text.unquoted-start": "Тексту с таким началом нужны кавычки: YAML принимает его за другое",
    "unquoted-text.fix": "Взять в кавычки",
    # duplicate-key
    "duplicate-key": "Ключ `{key}` уже есть; программы возьмут одно из двух значений или ни одного",
    "duplicate-key.first": "Первый",
    # wrong-type
    "wrong-type": "В `{key}` нужно: {types}",
    "wrong-type.or": " или ",
    "wrong-type.string": "текст",
    "wrong-type.array": "список",
    "wrong-type.object": "ключи со значениями",
    "wrong-type.boolean": "`true` или `false`",
    "wrong-type.number": "число",
    "wrong-type.integer": "целое число",
    "wrong-type.null": "ничего",
    "wrong-type.fix": "Записать {text}",
    # invalid-value
    "invalid-value.unknown-value": "В `{key}` нужно одно из: {allowed}",
    "invalid-value.pattern": "Значение `{key}` должно подходить под {allowed}",
    "invalid-value.name": "Имя состоит из строчных букв, цифр и одиночных дефисов",
    "invalid-value.out-of-range": "Значение `{key}` вне допустимых границ (граница {allowed})",
    "invalid-value.invalid": "У `{key}` не может быть такого значения",
    "invalid-value.fix": "Заменить на {value}",
    # missing-key
    "missing-key.file": "Нет ключа `{key}`; без него программы не загрузят файл",
    "missing-key.front-matter": "Нет шапки с ключами {key}; без неё программы не загрузят файл",
    "missing-key.below": "Шапка должна начинаться с первой строки, иначе программы её не увидят",
    "missing-key.fix": "Убрать пустые строки перед ней",
    "missing-key.entry": "Здесь нет ключа `{key}`",
    # value-too-long
    "value-too-long": "В `{key}` символов: {found}, программы берут не больше {limit}",
    # empty-value
    "empty-value": "У `{key}` нет значения",
    # unknown-key
    "unknown-key": "Ключа `{key}` здесь не бывает, а неизвестные ключи — ошибка",
    "unknown-key.fix": "Заменить на {key}",
    # deprecated-key
    "deprecated-key.instead": "`{key}` теперь называется `{instead}`",
    "deprecated-key.gone": "`{key}` больше не используется",
    "deprecated-key.fix": "Заменить на {key}",
    # name-not-folder
    "name-not-folder": "Навык называется `{name}`, а его папка — `{folder}`; имена должны совпадать",
    "name-not-folder.fix": "Назвать навык {folder}",
    # deprecated-file
    "deprecated-file": "Файлы {old} теперь называются {new}",
    # undefined-variable
    "undefined-variable": "`{name}` нет среди входных данных, которые объявляет промпт",
    "undefined-variable.change": "Заменить на {name}",
    "undefined-variable.declare": "Объявить {name}",
    # unused-variable
    "unused-variable": "Промпт нигде не использует входное значение `{name}`",
    # missing-file
    "missing-file": "Файла `{target}` нет",
    # include-cycle
    "include-cycle": "Файл без конца включает сам себя: {chain}",
    "include-cycle.step": "{file} включает {next}",
    # file-outside-workspace
    "file-outside-workspace": "`{target}` лежит вне рабочей области, поэтому туда никто не заглядывает",
    # template-syntax
    "template-syntax.syntax": "Язык шаблонов не может прочитать `{detail}`",
    "template-syntax.unclosed-comment": "Комментарий после `{detail}` не закрыт и захватывает весь текст до конца",
    "template-syntax.unclosed-tag": "Нет конца у тега, который начинается с `{detail}`",
    "template-syntax.unclosed-block": "Блок не закрыт: нет `{detail}`",
    "template-syntax.unmatched-end": "У `{detail}` нет начала",
    "template-syntax.unknown-tag": "Нет оператора `{detail}`",
    "template-syntax.related": "Замечено здесь",
    # unused-suppression
    "unused-suppression.comment": "Этому комментарию нечего пропускать",
    "unused-suppression.rule": "`{rule}` здесь ничего не находит, пропускать нечего",
    "unused-suppression.fix": "Убрать",
    # unknown-rule
    "unknown-rule": "Правила `{rule}` нет, и комментарий ничего не пропускает",
    "unknown-rule.fix": "Заменить на {rule}",
    # candidates-without-pick
    "candidates-without-pick": (
        "Вариантов несколько, но не сказано, какой из них станет ответом: попросите выбрать один"
    ),
    "candidates-without-pick.fix": "Добавить выбор одного варианта",
    # pick-without-criteria
    "pick-without-criteria": "Не сказано, чем лучший вариант должен быть лучше: назовите критерии",
    "pick-without-criteria.fix": "Добавить критерии",
    # candidates-without-number
    "candidates-without-number": "«{words}» — не число: непонятно, сколько вариантов ждать; скажите сколько",
    "candidates-without-number.fix": "Попросить три",
    # effort-without-levels
    "effort-without-levels": "Усилия зависят от сложности, но не сказано, чего достаточно простому и что положено "
    "сложному; назовите уровни",
    # look-alike-candidates
    "look-alike-candidates": "Варианты ничем не обязаны различаться: скажите, в чём именно",
    "look-alike-candidates.fix": "Потребовать различий",
    # refinement-without-end
    "refinement-without-end": "Не сказано, когда прекратить повторы: задайте число раундов или условие",
    "refinement-without-end.fix": "Добавить правило остановки",
    # refinement-without-criteria
    "refinement-without-criteria": "У критики нет критериев, и она всегда что-нибудь найдёт: назовите, что важно",
    "refinement-without-criteria.fix": "Добавить критерии",
    # critique-without-revision
    "critique-without-revision": "Черновик критикуют, но не исправляют: попросите новую версию",
    "critique-without-revision.fix": "Добавить правку",
    # solutions-without-vote
    "solutions-without-vote": (
        "Решений несколько, но не сказано, как из них получить ответ: добавьте правило большинства"
    ),
    "solutions-without-vote.fix": "Добавить правило большинства",
    # branches-without-evaluation
    "branches-without-evaluation": "Ветви никто не оценивает, и поиска не получается: добавьте оценку и отсев",
    "branches-without-evaluation.fix": "Добавить оценку",
    # confidence-without-scale
    "confidence-without-scale": "У оценки уверенности нет шкалы, и сравнить оценки нельзя: задайте значения",
    "confidence-without-scale.fix": "Добавить шкалу",
    # confidence-without-consequence
    "confidence-without-consequence": "Низкая уверенность ни на что не влияет: скажите, что тогда делать",
    "confidence-without-consequence.fix": "Добавить правило для низкой уверенности",
    # check-without-correction
    "check-without-correction": "Из проверки ничего не следует: попросите исправленный ответ",
    "check-without-correction.fix": "Попросить исправленный ответ",
    # subtasks-never-combined
    "subtasks-never-combined": "Подзадачи решают, но не объединяют: попросите один общий ответ",
    "subtasks-never-combined.fix": "Добавить объединение",
    # answer-before-reasoning
    "answer-before-reasoning": "Рассуждение после ответа на него уже не повлияет: пусть оно идёт раньше",
    # no-answer-marker
    "no-answer-marker": "Ответ из этого рассуждения извлекает программа, но он ничем не помечен: скажите, где он стоит",
    "no-answer-marker.parsed": "Ответ читает программа",
    "no-answer-marker.fix": "Добавить место для итогового ответа",
    # candidate-count-mismatch
    "candidate-count-mismatch": "Здесь их {counted}, а запрошено {asked}",
    "candidate-count-mismatch.related": "Запрошенное число",
    "candidate-count-mismatch.fix": "Заменить на {number}",
    # reasoning-forbidden
    "reasoning-forbidden": "Это запрещает рассуждение, о котором просит промпт: оставьте что-то одно",
    "reasoning-forbidden.related": "Рассуждать просят здесь",
    # no-room-for-reasoning
    "no-room-for-reasoning.answer": (
        "Голый ответ не оставляет места рассуждению: отведите ему место или уберите просьбу"
    ),
    "no-room-for-reasoning.data": (
        "Если выводить только данные, рассуждению нет места: добавьте для него поле перед ответом"
    ),
    "no-room-for-reasoning.related": "Рассуждать просят здесь",
    # answer-field-first
    "answer-field-first": (
        "`{answer}` идёт раньше `{reasoning}`, и рассуждение лишь оправдывает готовый ответ: поставьте его первым"
    ),
    "answer-field-first.related": "Рассуждение стоит здесь",
    "answer-field-first.fix": "Поставить рассуждение первым",
    # single-version-of-several
    "single-version-of-several": (
        "«{technique}»: нужно несколько вариантов, а здесь это запрещено — оставьте что-то одно"
    ),
    "single-version-of-several.related": "«{technique}» — вот здесь",
    # equal-effort-by-difficulty
    "equal-effort-by-difficulty": "«{technique}»: усилия по сложности, а здесь — всем поровну; оставьте что-то одно",
    "equal-effort-by-difficulty.related": "«{technique}» — вот здесь",
    # confidence-without-doubt
    "confidence-without-doubt": (
        "Уверенность просят оценить, а сомневаться нельзя, и все оценки выйдут высокими: оставьте что-то одно"
    ),
    "confidence-without-doubt.related": "«{technique}» — вот здесь",
    # repeated-technique
    "repeated-technique": "«{technique}» в промпте уже есть: оставьте в одном месте",
    "repeated-technique.related": "В первый раз",
    # multiplied-cost
    "multiplied-cost": "Вместе техники этого промпта дают около {cost} ответов в одном выводе",
    "multiplied-cost.related": "Умножает на {cost}",
    # redundant-for-model
    "redundant-for-model": "{model} рассуждает без просьбы. {reason}",
    "redundant-for-model.related": "Модель",
    # rejected-parameter
    "rejected-parameter": "{model} не принимает `{parameter}`: уберите его",
    "rejected-parameter.related": "Модель",
    # discouraged-for-model
    "discouraged-for-model.check": (
        "Разработчик {model} не советует общих требований проверки: назовите тест или источник либо уберите"
    ),
    "discouraged-for-model.examples": (
        "По данным разработчика {model}, примеры ухудшают ответы: лучше опишите задачу и формат"
    ),
    "discouraged-for-model.related": "Модель",
    # training-method-as-instruction
    "training-method-as-instruction": (
        "Это метод обучения, к ответу модель его применить не может; ближе всего самоулучшение или лучший из N"
    ),
    # needs-separate-calls
    "needs-separate-calls": "«{technique}»: измеряли на отдельных вызовах; вне промпта — {tool}, `{use}`",
    # block-in-other-language
    "block-in-other-language.english": "Блок на английском, а промпт вокруг на русском: пусть язык будет один",
    "block-in-other-language.russian": "Блок на русском, а промпт вокруг на английском: пусть язык будет один",
    # numeral-agreement
    "numeral-agreement": "Существительное не согласовано с числом: {number} {right}",
    "numeral-agreement.fix": "Заменить на {right}",
    # unbalanced-tag
    "unbalanced-tag.start": "`<{name}>` не закрыт: добавьте `</{name}>` или уберите его",
    "unbalanced-tag.end": "`</{name}>` ничего не закрывает: добавьте выше `<{name}>` или уберите его",
    "unbalanced-tag.crossing": "`<{name}>` открыт до `</{other}>`, а закрыт после; поставьте `</{name}>` раньше",
    "unbalanced-tag.open": "Здесь открыто другое",
    "unbalanced-tag.crossed": "Закрывается раньше",
    # unclosed-fence
    "unclosed-fence": "Блок кода не закрыт, поэтому всё, что ниже, считается кодом",
    "unclosed-fence.empty": "Здесь открывается код, у которого нет конца: одной строки с ``` не хватает или она лишняя",
    "unclosed-fence.fix": "Закрыть блок кода",
    # list-numbering
    "list-numbering": "После {before} идёт {number}; пронумеруйте список заново",
    "list-numbering.before": "Предыдущий номер",
    "list-numbering.fix": "Пронумеровать список заново",
    # unfilled-placeholder
    "unfilled-placeholder": "`{text}` так и не заполнено; модель прочтёт это как есть",
    "unfilled-placeholder.fix": "Оставить только «{text}»",
    # open-task
    "open-task": "«{text}»: это нужно доделать до того, как промпт пойдёт в дело",
    # duplicated-text
    "duplicated-text": "То же самое есть в строке {line}; достаточно сказать один раз",
    "duplicated-text.first": "Первый раз",
    "duplicated-text.fix": "Убрать повтор",
    # invisible-character
    "invisible-character": "Здесь есть невидимые символы ({names}): модель их читает, а вы не видите",
    "invisible-character.fix": "Убрать невидимые символы",
    # bidi-control
    "bidi-control": "Из-за символа {name} строка выглядит не так, как её читает модель",
    "bidi-control.fix": "Убрать управляющие символы",
    # hidden-text
    "hidden-text": "Скрытый текст, который прочтёт только модель: «{text}»",
    "hidden-text.bytes": "Подряд идут невидимые символы ({count}), в них можно спрятать данные",
    "hidden-text.fix": "Убрать скрытый текст",
    # look-alike-letter
    "look-alike-letter": "В слове «{word}» {letters}: на вид то же самое, а для модели это другое слово",
    "look-alike-letter.cyrillic": "«{letter}» — кириллица",
    "look-alike-letter.latin": "«{letter}» — латиница",
    "look-alike-letter.fix": "Написать {word} одним алфавитом",
    # secret
    "secret": "Похоже на секрет ({kind}): отзовите его и не храните секреты в промптах",
    "secret.aws": "ключ доступа AWS",
    "secret.github": "токен GitHub",
    "secret.gitlab": "токен GitLab",
    "secret.openai": "ключ API OpenAI",
    "secret.anthropic": "ключ API Anthropic",
    "secret.google": "ключ API Google",
    "secret.slack": "токен Slack",
    "secret.stripe": "рабочий ключ Stripe",
    "secret.huggingface": "токен Hugging Face",
    "secret.npm": "токен npm",
    "secret.pypi": "токен PyPI",
    "secret.telegram": "токен бота Telegram",
    "secret.key": "закрытый ключ",
    # dangerous-command
    "dangerous-command.delete": "Команда запускается вместе с промптом и безвозвратно удаляет файлы",
    "dangerous-command.download": "Команда запускается вместе с промптом и исполняет то, что скачала",
    "dangerous-command.root": "Команда запускается вместе с промптом, причём с правами администратора",
    "dangerous-command.disk": "Команда запускается вместе с промптом и перезаписывает диск",
    "dangerous-command.history": "Команда запускается вместе с промптом и уничтожает работу в репозитории",
    # unguarded-variable
    "unguarded-variable": "Значение `{name}` не отличить от инструкций вокруг; заключите его в теги или кавычки",
    # too-long
    "too-long.skill": "В навыке строк: {count} (≈{tokens} токенов); нужно до {limit}, остальное — в другие файлы",
    "too-long.memory": "Строк: {count} (≈{tokens} токенов), и файл читается каждый раз; нужно до {limit}",
}
