-- Reports in files of ICEWS, as they are read.
--
-- One row a report. `unit` is the sentence that it was read in, null where the file does not say. The codes of CAMEO have
-- three or four digits; one that begins beyond 20 or has two digits has lost the zero before them.
with named as (
    select
        nullif(trim(event_id), '') as event_id, id as place,
        substr(trim(coalesce(event_date, "date")), 1, 10) as "day",
        nullif(trim(coalesce(source_country, source)), '') as source_name,
        nullif(trim(coalesce(target_country, target)), '') as target_name,
        nullif(trim(coalesce(cameo_code, cameo)), '') as code,
        nullif(trim(coalesce(event_text, event)), '') as description,
        trim(coalesce(intensity, goldstein)) as goldstein,
        trim(quad) as quad, nullif(trim(story_id), '') as story, nullif(trim(sentence_number), '') as sentence, _file
    from raw_reports
)
select
    case
        when event_id is not null then concat('icews-', event_id, '-', "day")
        else concat('icews-row-', cast($part as varchar), '-', place)
    end as id,
    case when regexp_matches("day", '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') then try_cast("day" as date) end as "day",
    source_name, target_name,
    case when regexp_matches(code, '^([0-9]{2}|[3-9][0-9]{2}|2[1-9][0-9])$') then concat('0', code) else code end as code,
    cast(null as varchar) as kind, description,
    try_cast(goldstein as double) as goldstein,
    case quad
        when 'verbal_coop' then 'verbal-cooperation'
        when 'material_coop' then 'material-cooperation'
        when 'verbal_conflict' then 'verbal-conflict'
        when 'material_conflict' then 'material-conflict'
    end as quad,
    case when story is not null and sentence is not null then concat(story, '.', sentence) end as unit,
    _file
from named
