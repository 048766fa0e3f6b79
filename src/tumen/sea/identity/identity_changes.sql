-- Of pairs of words that are said one after the other, those within $gap_days days of a silence of the ship.
--
-- One row a change. `gap_h` is the longest such silence: one of `gaps`, of either MMSI, or the time of the change itself
-- where neither word was said for at least $min_gap_h hours.
with near as (
    select p.what, p.holder, p.word, p.other, max(g.duration_h) as gap_h
    from identity_pairs as p
    inner join gaps as g
        on (g.mmsi = p.mmsi or g.mmsi = p.other_mmsi)
        and epoch(g."end") >= epoch(p."start") - 86400 * cast($gap_days as double)
        and epoch(g."start") <= epoch(p."end") + 86400 * cast($gap_days as double)
    where not p.at_once
    group by p.what, p.holder, p.word, p.other
),

judged as (
    select
        p.*,
        greatest(
            coalesce(n.gap_h, 0),
            case
                when p.what = 'mmsi' and (epoch(p."end") - epoch(p."start")) / 3600e0 >= $min_gap_h
                    then (epoch(p."end") - epoch(p."start")) / 3600e0
                else 0
            end
        ) as gap_h
    from identity_pairs as p
    left join near as n on p.what = n.what and p.holder = n.holder and p.word = n.word and p.other = n.other
    where not p.at_once
)

select * from judged where gap_h > 0
