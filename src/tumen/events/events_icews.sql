-- Reports in files of ICEWS, as they are read.
--
-- One row a report. `unit` is the sentence that it was read in, null where the file does not say. The codes of CAMEO have
-- three or four digits; one that begins beyond 20 or has two digits has lost the zero before them. `code_text` is the event's
-- text where that may tell the code: there is none, or it has two digits and may be a root.
with named as (
    select
        nullif(trim(event_id), '') as event_id, id as place,
        trim(coalesce(event_date, "date")) as said_day,
        nullif(trim(coalesce(source_country, source)), '') as source_name,
        nullif(trim(coalesce(target_country, target)), '') as target_name,
        case
            when ends_with(trim(coalesce(cameo_code, cameo)), '.0')
                then substr(trim(coalesce(cameo_code, cameo)), 1, length(trim(coalesce(cameo_code, cameo))) - 2)
            else nullif(trim(coalesce(cameo_code, cameo)), '')
        end as said_code,
        nullif(trim(coalesce(event_text, event)), '') as description,
        nullif(trim(coalesce(intensity, goldstein)), '') as said_goldstein,
        trim(quad) as quad, nullif(trim(story_id), '') as story, nullif(trim(sentence_number), '') as sentence, _file
    from raw_reports
),
zeroed as (
    select
        *,
        (length(said_code) < 3 and said_code >= '1' and said_code <= '99')
        or (length(said_code) = 3 and said_code >= '210' and said_code <= '999') as mended
    from named
)
select
    case
        when event_id is not null then concat('icews-', event_id)
        else concat('icews-row-', cast($part as varchar), '-', place)
    end as id,
    event_id is not null as id_by_day, said_day, _file as _day_file,
    source_name, target_name,
    case when mended then concat('0', said_code) else said_code end as code, coalesce(mended, false) as mended,
    case
        when said_code is null or (said_code >= '10' and said_code <= '20' and length(said_code) = 2)
            then regexp_replace(regexp_replace(lower(description), '[^a-z0-9]', '', 'g'), 'notspecifiedbelow$', '')
    end as code_text,
    cast(null as varchar) as kind, description, said_goldstein,
    case quad
        when 'verbal_coop' then 'verbal-cooperation'
        when 'material_coop' then 'material-cooperation'
        when 'verbal_conflict' then 'verbal-conflict'
        when 'material_conflict' then 'material-conflict'
    end as quad,
    case when story is not null and sentence is not null then concat(story, '.', sentence) end as unit,
    _file
from zeroed
