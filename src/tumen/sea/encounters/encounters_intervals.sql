-- Stretches of time in which neither of two ships turns, with where both are at both ends.
--
-- One row an interval between two positions of either ship that follow each other. `silent_1` and `silent_2` say
-- that a ship is in a silence that may be bridged; `lost` that one of the two cannot be said to be anywhere.
-- A track that is shorter than $hours holds no encounter: a ship whose positions leap has very many of those.
with heard as (
    select w.watch, 1 as side, l.segment, l.n, l.t_0, l.t_1
    from encounter_windows as w
    inner join encounter_legs as l on w.mmsi_1 = l.mmsi
        and l.t_0 between w.from_s - 3600 * cast($leg_h as double) and w.until_s + 3600 * cast($leg_h as double)
    union all
    select w.watch, 2 as side, l.segment, l.n, l.t_0, l.t_1
    from encounter_windows as w
    inner join encounter_legs as l on w.mmsi_2 = l.mmsi
        and l.t_0 between w.from_s - 3600 * cast($leg_h as double) and w.until_s + 3600 * cast($leg_h as double)
),

tracks as (
    select watch, side, segment
    from heard
    group by watch, side, segment
    having max(coalesce(t_1, t_0)) - min(t_0) >= 3600 * cast($hours as double) - 1
),

duos as (
    select a.watch, a.segment as segment_1, b.segment as segment_2
    from tracks as a
    inner join tracks as b on a.watch = b.watch
    where a.side = 1 and b.side = 2
),

events as (
    select d.watch, d.segment_1, d.segment_2, h.side, h.n, h.t_0
    from duos as d
    inner join heard as h on d.watch = h.watch
    where h.segment = case when h.side = 1 then d.segment_1 else d.segment_2 end
),

timed as (
    select
        watch, segment_1, segment_2, t_0 as from_s,
        lead(t_0) over (partition by watch, segment_1, segment_2 order by t_0 nulls last, side nulls last, n nulls last) as to_s,
        max(case when side = 1 then n end) over (
            partition by watch, segment_1, segment_2 order by t_0 nulls last, side nulls last, n nulls last
            rows between unbounded preceding and current row
        ) as n_1,
        max(case when side = 2 then n end) over (
            partition by watch, segment_1, segment_2 order by t_0 nulls last, side nulls last, n nulls last
            rows between unbounded preceding and current row
        ) as n_2
    from events
),

joined as (
    select
        i.*,
        (i.from_s - a.t_0) / (a.t_1 - a.t_0) as a_from, (i.to_s - a.t_0) / (a.t_1 - a.t_0) as a_to,
        (i.from_s - b.t_0) / (b.t_1 - b.t_0) as b_from, (i.to_s - b.t_0) / (b.t_1 - b.t_0) as b_to,
        a.x_0 as ax, a.y_0 as ay, a.z_0 as az, a.x_1 - a.x_0 as adx, a.y_1 - a.y_0 as ady, a.z_1 - a.z_0 as adz,
        b.x_0 as bx, b.y_0 as b_y, b.z_0 as bz, b.x_1 - b.x_0 as bdx, b.y_1 - b.y_0 as bdy, b.z_1 - b.z_0 as bdz,
        a.is_silence as silent_1, b.is_silence as silent_2,
        case when a.is_silence then a.t_1 - a.t_0 end as silence_1_s,
        case when b.is_silence then b.t_1 - b.t_0 end as silence_2_s,
        not ((a.is_leg or a.is_silence) and (b.is_leg or b.is_silence)) as lost
    from timed as i
    inner join encounter_windows as w on i.watch = w.watch
    inner join encounter_legs as a on w.mmsi_1 = a.mmsi and i.n_1 = a.n
    inner join encounter_legs as b on w.mmsi_2 = b.mmsi and i.n_2 = b.n
    where i.to_s > i.from_s and a.t_1 > i.from_s and b.t_1 > i.from_s
)

select
    watch, segment_1, segment_2, n_1, n_2, from_s, to_s, silent_1, silent_2, silence_1_s, silence_2_s, lost,
    ax + a_from * adx as x_1_from, ay + a_from * ady as y_1_from, az + a_from * adz as z_1_from,
    ax + a_to * adx as x_1_to, ay + a_to * ady as y_1_to, az + a_to * adz as z_1_to,
    bx + b_from * bdx as x_2_from, b_y + b_from * bdy as y_2_from, bz + b_from * bdz as z_2_from,
    bx + b_to * bdx as x_2_to, b_y + b_to * bdy as y_2_to, bz + b_to * bdz as z_2_to
from joined
