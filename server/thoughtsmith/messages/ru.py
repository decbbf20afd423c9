"""Russian messages."""

from __future__ import annotations

from thoughtsmith.messages.texts import Messages

RU = Messages(
    cost="Цена",
    cost_single="{times} × объём одного ответа с рассуждением",
    cost_api="Через API",
    evidence="Данные исследований",
    caveats="Оговорки",
    parameters="Параметры",
    related="Близкие техники",
    instead="Похожее в промпте",
    rating="Оценка в обзоре",
    rating_line="{group}: прямая применимость {direct}, концептуальная ценность {conceptual}, "
    "потенциал адаптации {adaptation}",
    levels={
        "low": "низкая",
        "low-users-high-developers": "низкая для пользователей и высокая для разработчиков",
        "medium": "средняя",
        "high": "высокая",
        "very-high": "очень высокая",
    },
    forms={
        "api": "измерено отдельными вызовами",
        "prompt": "измерено в одном промпте",
        "training": "измерено при обучении модели",
    },
    use_when="Когда применять",
    avoid_when="Когда не применять",
    single_prompt="В одном промпте",
    run_time="Вне промпта",
    knowledge="Это работает вне промпта: при обучении, при декодировании или в программе вокруг модели. "
    "Промптом это не включить.",
    reasoning_model="Модель `{model}` рассуждает сама.",
    here="Здесь",
    here_forms={
        "instruction": "инструкция",
        "mention": "только упоминание",
        "opposite": "просьба об обратном",
    },
    unsure="не наверняка",
    part_present="есть",
    part_missing="нет",
    missing_parts="нет: {parts}",
    preview="Как это будет выглядеть",
    already_here="уже есть в этом промпте",
    recipe="рецепт",
    insert="Вставить: {name}",
    insert_recipe="Вставить рецепт: {name}",
    wrap="Обернуть в технику: {name}",
    more="Другие техники…",
    task_title="Задача",
    describe_task="Опишите задачу",
    unknown_id="Здесь нет {id!r}.",
    nearest="Возможно, имелось в виду: {nearest}.",
    columns={"id": "id", "name": "название", "summary": "что это", "files": "файлы", "reasons": "рассуждает"},
    reasons={"always": "всегда", "default": "по умолчанию", "on-request": "по запросу", "never": "нет"},
    only_named="только названо",
    ruled_out="исключено",
    lacks="не хватает: {parts}",
    summary="Прочитано файлов: {files}, с техниками: {found}. Техник: {asked}, только названо: {named}, "
    "исключено: {ruled_out}.",
    skipped_files="Пропущено: {count}.",
    skipped={
        "binary": "{path}: пропущен, это двоичный файл",
        "encoding": "{path}: пропущен, это не текст в UTF-8 (байт {detail}); сначала перекодируйте его",
        "size": "{path}: пропущен, {detail} МБ; чтобы прочитать его, назовите сам файл",
        "unreadable": "{path}: пропущено: {detail}",
    },
    no_prompts_here="Здесь нет файлов, похожих на промпты по имени или месту. "
    "Назовите файлы или папки, и будет прочитан любой текст.",
    scanning="Читаю промпты",
)
