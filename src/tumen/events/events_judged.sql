-- Each report with its states, and why it is left out, if it is.
--
-- One row a report. `reason` is null for a report that is kept. Quad class and kind come from the root of the code where
-- the file does not say them. A text that is known gives the code where there is none (`told`), and where a code of two digits
-- is the root that the text says. An intensity with a decimal comma is read as one with a point.
with coded as (
    select
        d.*, d.code is null and x.code is not null as told,
        case when d.code is null or x.code = substr(d.code, 2) then x.code else d.code end as full_code,
        contains(d.said_goldstein, ',') as comma,
        try_cast(
            case
                when contains(d.said_goldstein, ',') or contains(d.said_goldstein, chr(8722))
                    then replace(replace(d.said_goldstein, ',', '.'), chr(8722), '-')
                else d.said_goldstein
            end as double
        ) as goldstein
    from dated_reports as d
    left join code_texts as x on d.code_text = x."text"
)
select
    case when r.id_by_day then concat(r.id, '-', cast(r."day" as varchar)) else r.id end as id,
    r."day", r.full_code as code, r.goldstein, r.unit, r._file,
    r.mended and r.full_code = r.code as mended, r.told, coalesce(r.comma, false) as comma,
    s.alpha3 as source_actor, t.alpha3 as target_actor,
    coalesce(r.quad, c.quad) as quad,
    coalesce(r.kind, c.kind, 'event') as kind,
    coalesce(r.description, concat(coalesce(r.kind, c.kind, 'event'), ' (', r.full_code, ')')) as description,
    case
        when r."day" is null then 'no day that can be read'
        when r.source_name is null or r.target_name is null then 'no actor on one side'
        when s.alpha3 = '?' or t.alpha3 = '?' then 'an actor that is not understood'
        when s.alpha3 = '' or t.alpha3 = '' then 'an actor that is no state'
        when s.alpha3 = t.alpha3 then 'the same state on both sides'
        when r.full_code is null then 'no code of what happened'
        when r.goldstein < -10 or r.goldstein > 10 or isnan(r.goldstein) then 'an intensity beyond 10'
        when r.goldstein is null and lower(r.said_goldstein) not in ('none', 'null', 'na', 'n/a') then 'an intensity that is no number'
    end as reason
from coded as r
left join states as s on r.source_name = s.spelling
left join states as t on r.target_name = t.spelling
left join roots as c on substr(r.full_code, 1, 2) = c.root
