-- Each vote with its member's state, the roll call it belongs to, and why it is left out, if it is.
--
-- One row a vote. Where one symbol and day stand for several roll calls, each gets its number.
with several as (
    select "day", resolution
    from dated_votes
    where "day" is not null and resolution is not null
    group by "day", resolution
    having count(distinct roll_call) > 1
),
numbered as (
    select
        r."day", r.vote, r.member, r.uncalled, r._file, s.alpha3 as actor,
        case when m.resolution is null then r.resolution else concat(r.resolution, '#', r.roll_call) end as resolution
    from dated_votes as r
    left join several as m on r."day" = m."day" and r.resolution = m.resolution
    left join states as s on r.member = s.spelling
),
contradicted as (
    select "day", resolution, actor
    from numbered
    where vote is not null
    group by "day", resolution, actor
    having count(distinct vote) > 1
)
select
    n."day", n.resolution, n.actor, n.vote, n._file,
    case
        when n.uncalled then 'a number that no roll call has'
        when n."day" is null then 'no day that can be read'
        when n.resolution is null then 'no resolution'
        when n.member is null then 'no member'
        when n.actor = '?' then 'a member that is not understood'
        when n.actor = '' then 'a member that is no state'
        when n.vote is null then 'a vote that cannot be read'
        when c.resolution is not null then 'two different votes of one member in one roll call'
    end as reason
from numbered as n
left join contradicted as c on n."day" = c."day" and n.resolution = c.resolution and n.actor = c.actor
