-- Reports in event exports of GDELT, as they are read.
--
-- One row a report. `unit` is the article in which GDELT found the event first, null where the file does not say.
with named as (
    select
        trim(globaleventid) as event_id, id as place,
        trim(coalesce(sqldate, "day")) as digits,
        nullif(trim(actor1countrycode), '') as source_name, nullif(trim(actor2countrycode), '') as target_name,
        nullif(trim(eventcode), '') as code, trim(quadclass) as quad,
        try_cast(trim(goldsteinscale) as double) as goldstein, nullif(trim(sourceurl), '') as article, _file
    from raw_reports
)
select
    case
        when event_id <> '' then concat('gdelt-', event_id)
        else concat('gdelt-row-', cast($part as varchar), '-', place)
    end as id,
    case
        when regexp_matches(digits, '^[0-9]{8}$')
            then try_cast(concat(substr(digits, 1, 4), '-', substr(digits, 5, 2), '-', substr(digits, 7, 2)) as date)
    end as "day",
    source_name, target_name, code, cast(null as varchar) as kind, cast(null as varchar) as description, goldstein,
    case quad
        when '1' then 'verbal-cooperation'
        when '2' then 'material-cooperation'
        when '3' then 'verbal-conflict'
        when '4' then 'material-conflict'
    end as quad,
    substr(md5(article), 1, 16) as unit, _file
from named
