-- Each event once: reports of one day, code and pair are one event, whichever way round they name the pair.
--
-- One row an event. Reports of a pair within a joint event of the day and code are reports of the joint event. The first
-- report by its number stands for all. `mirrored` counts those the other way round, `echoed` the rest beyond the first.
with placed as (
    select
        r.*, concat(lpad(cast(length(r.id) as varchar), 3, '0'), r.id) as place,
        coalesce(u.parties, d.parties) as parties,
        case when coalesce(u.parties, d.parties) is null then r.low end as one,
        case when coalesce(u.parties, d.parties) is null then r.high end as other
    from reports as r
    left join joint_units as u on r."day" = u."day" and r.code = u.code and r.unit = u.unit
    left join joint_dyads as d on r."day" = d."day" and r.code = d.code and r.low = d.low and r.high = d.high
),
grouped as (
    select
        "day", code, parties, count(*) as reports,
        arg_min(id, place) as id, arg_min(kind, place) as kind,
        arg_min(source_actor, place) as source_actor, arg_min(target_actor, place) as target_actor,
        arg_min(goldstein, place) as goldstein, arg_min(quad, place) as quad, arg_min(description, place) as description,
        count(*) filter (where source_actor = low) as upward
    from placed
    group by "day", code, parties, one, other
)
select
    id, "day", code, kind, source_actor, target_actor, goldstein, quad, description, parties, reports,
    case
        when parties is not null then 0
        when source_actor < target_actor then reports - upward
        else upward
    end as mirrored
from grouped
