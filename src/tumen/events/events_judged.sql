-- Each report with its states, and why it is left out, if it is.
--
-- One row a report. `reason` is null for a report that is kept. Quad class and kind come from the root of the code where
-- the file does not say them.
select
    r.id, r."day", r.code, r.goldstein, r.unit, r._file,
    s.alpha3 as source_actor, t.alpha3 as target_actor,
    coalesce(r.quad, c.quad) as quad,
    coalesce(r.kind, c.kind, 'event') as kind,
    coalesce(r.description, concat(coalesce(r.kind, c.kind, 'event'), ' (', r.code, ')')) as description,
    case
        when r."day" is null then 'no day that can be read'
        when r.source_name is null or r.target_name is null then 'no actor on one side'
        when s.alpha3 = '?' or t.alpha3 = '?' then 'an actor that is not understood'
        when s.alpha3 = '' or t.alpha3 = '' then 'an actor that is no state'
        when s.alpha3 = t.alpha3 then 'the same state on both sides'
        when r.code is null then 'no code of what happened'
        when r.goldstein < -10 or r.goldstein > 10 or isnan(r.goldstein) then 'an intensity beyond 10'
    end as reason
from read_reports as r
left join states as s on r.source_name = s.spelling
left join states as t on r.target_name = t.spelling
left join roots as c on substr(r.code, 1, 2) = c.root
