"""Russian messages."""

from __future__ import annotations

from thoughtsmith.messages.texts import Messages

RU = Messages(
    cost="Цена",
    cost_single="{times} × объём одного ответа с рассуждением",
    cost_api="Отдельными вызовами",
    evidence="Данные",
    caveats="Оговорки",
    parameters="Параметры",
    related="Близкие техники",
    instead="Похожее в промпте",
    rating="Оценка в обзоре",
    rating_line="{group}: прямая применимость {direct}, концептуальная ценность {conceptual}, "
    "потенциал адаптации {adaptation}",
    levels={
        "low": "низкая",
        "low-users-high-developers": "низкая для пользователей, высокая для разработчиков",
        "medium": "средняя",
        "high": "высокая",
        "very-high": "очень высокая",
    },
    forms={
        "api": "измерено отдельными вызовами",
        "prompt": "измерено в одном промпте",
        "training": "измерено при обучении модели",
    },
    use_when="Подходит",
    avoid_when="Не подходит",
    single_prompt="В одном промпте",
    run_time="Во время исполнения",
    knowledge="Это метод обучения, декодирования или оценки: включить его промптом нельзя.",
    reasoning_model="`{model}` рассуждает без подсказки.",
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
    explained_only="только объясняется",
)
