-- Reports in event exports of GDELT, as they are read.
--
-- One row a report. `unit` is the article in which GDELT found the event first, null where the file does not say. A code has
-- three or four digits; `mended` is whether it had lost the zero before them. One of two digits is a root where the file's own
-- column of roots says the same.
with named as (
    select
        trim(globaleventid) as event_id, id as place,
        trim(coalesce(sqldate, "day")) as said_day,
        nullif(trim(actor1countrycode), '') as source_name, nullif(trim(actor2countrycode), '') as target_name,
        case
            when ends_with(trim(eventcode), '.0') then substr(trim(eventcode), 1, length(trim(eventcode)) - 2)
            else nullif(trim(eventcode), '')
        end as said_code,
        trim(eventrootcode) as root, trim(quadclass) as quad,
        nullif(trim(goldsteinscale), '') as said_goldstein, nullif(trim(sourceurl), '') as article, _file
    from raw_reports
),
zeroed as (
    select
        *,
        (root is null or root not in (said_code, concat(said_code, '.0'))) and (
            (length(said_code) < 3 and said_code >= '1' and said_code <= '99')
            or (length(said_code) = 3 and said_code >= '210' and said_code <= '999')
        ) as mended
    from named
)
select
    case
        when event_id <> '' then concat('gdelt-', event_id)
        else concat('gdelt-row-', cast($part as varchar), '-', place)
    end as id,
    false as id_by_day, said_day, _file as _day_file,
    source_name, target_name,
    case when mended then concat('0', said_code) else said_code end as code, coalesce(mended, false) as mended, cast(null as varchar) as code_text,
    cast(null as varchar) as kind, cast(null as varchar) as description, said_goldstein,
    case
        when quad in ('1', '1.0') then 'verbal-cooperation'
        when quad in ('2', '2.0') then 'material-cooperation'
        when quad in ('3', '3.0') then 'verbal-conflict'
        when quad in ('4', '4.0') then 'material-conflict'
    end as quad,
    substr(md5(article), 1, 16) as unit, _file
from zeroed
