-- Flows as UN Comtrade's tables have them.
--
-- One row a row. `broken_down` is whether it is a part of a flow, by second partner, means of transport or customs procedure.
with trimmed as (
    select
        _file,
        upper(nullif(trim(reporter_iso), '')) as reporter_iso, regexp_replace(trim(reporter_code), '[.]0$', '') as reporter_code,
        upper(nullif(trim(partner_iso), '')) as partner_iso, regexp_replace(trim(partner_code), '[.]0$', '') as partner_code,
        upper(regexp_replace(trim(flow_code), '[.]0$', '')) as flow_code, lower(trim(flow)) as flow,
        regexp_replace(upper(trim(commodity)), '[.]0$', '') as said_commodity, trim("value") as said_value,
        coalesce(nullif(regexp_replace(trim(period), '[.]0$', ''), ''), regexp_replace(trim("year"), '[.]0$', '')) as period,
        coalesce(regexp_replace(trim(second_code), '[.]0$', ''), '') as second_code,
        upper(coalesce(trim(second_iso), '')) as second_iso,
        coalesce(regexp_replace(trim(transport), '[.]0$', ''), '') as transport,
        upper(coalesce(regexp_replace(trim(customs), '[.]0$', ''), '')) as customs,
        upper(coalesce(nullif(trim(classification), ''), 'HS')) as classification,
        upper(coalesce(trim(services), '')) as services,
        coalesce(nullif(regexp_replace(trim(estimation), '[.]0$', ''), ''), '0') as estimation
    from raw_flows
)
select
    _file, period, classification, services, estimation,
    case when partner_code = '0' or partner_iso in ('W00', 'WLD') then 'WLD' else partner_iso end as partner_iso, partner_code,
    reporter_iso, reporter_code,
    concat(coalesce(reporter_iso, ''), '/', coalesce(reporter_code, '')) as reporter,
    case
        when partner_code = '0' or partner_iso in ('W00', 'WLD') then 'WLD/'
        else concat(coalesce(partner_iso, ''), '/', coalesce(partner_code, ''))
    end as partner,
    case
        when flow_code in ('X', '2') or (coalesce(flow_code, '') = '' and flow in ('export', 'exports')) then 'exports'
        when flow_code in ('M', '1') or (coalesce(flow_code, '') = '' and flow in ('import', 'imports')) then 'imports'
        when flow_code in ('RX', '3', 'RM', '4') or flow in ('re-export', 're-exports', 're-import', 're-imports')
            then 'again'
    end as flow,
    case
        when regexp_matches(said_commodity, '^([0-9]|[0-9]{3}|[0-9]{5})$') then concat('0', said_commodity)
        else said_commodity
    end as commodity,
    regexp_matches(said_commodity, '^([0-9]|[0-9]{3}|[0-9]{5})$') as mended,
    try_cast(
        case
            when regexp_matches(said_value, '^[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?$') then replace(said_value, ',', '')
            when regexp_matches(said_value, '^[0-9]+,[0-9]{1,2}$') then replace(said_value, ',', '.')
            else said_value
        end as double
    ) as usd,
    second_code not in ('', '0') or second_iso not in ('', 'W00', 'WLD') or transport not in ('', '0')
    or customs not in ('', '0', 'C00') as broken_down
from trimmed
