-- Reports in files of POLECAT, as they are read.
--
-- One row a report and pair: of several actors and recipients, each with each; of actors who act together, each pair of
-- them. `unit` is the report, so that one of three states or more is one joint event.
with named as (
    select
        trim(event_id, ' "') as event_id, id as place, trim(event_date, ' "') as said_day,
        nullif(trim(event_type, ' "'), '') as event_type,
        nullif(nullif(trim(event_mode, ' "'), ''), 'None') as event_mode,
        nullif(trim(coalesce(intensity, event_intensity), ' "'), '') as said_goldstein,
        lower(trim(quad_code, ' "')) as quad,
        nullif(nullif(trim(actor_country, ' "'), ''), 'None') as actors,
        nullif(nullif(trim(recipient_country, ' "'), ''), 'None') as recipients, _file
    from raw_reports
),
sided as (
    select
        *, case when actors is null then [cast(null as varchar)] else string_split(actors, ';') end as those,
        case
            when recipients is not null then string_split(recipients, ';')
            when contains(actors, ';') then string_split(actors, ';')
            else [cast(null as varchar)]
        end as others
    from named
),
acting as (
    select *, nullif(trim(unnest(those)), '') as source_name
    from sided
),
paired as (
    select *, nullif(trim(unnest(others)), '') as target_name
    from acting
)
select
    case
        when event_id <> '' then concat('polecat-', event_id)
        else concat('polecat-row-', cast($part as varchar), '-', place)
    end as id,
    false as id_by_day, said_day, _file as _day_file, source_name, target_name,
    case when event_mode is null then event_type else concat(event_type, ':', event_mode) end as code,
    false as mended, cast(null as varchar) as code_text,
    lower(event_type) as kind, cast(null as varchar) as description, said_goldstein,
    case
        when quad in ('verbal cooperation', 'material cooperation', 'verbal conflict', 'material conflict')
            then replace(quad, ' ', '-')
    end as quad,
    nullif(event_id, '') as unit, _file
from paired
where recipients is not null or not contains(coalesce(actors, ''), ';') or source_name < target_name
