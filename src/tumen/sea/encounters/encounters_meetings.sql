-- Pieces that belong together, as one meeting of two ships.
--
-- One row a meeting of at least $hours. Pieces are of one meeting where the ships were out of the distance no longer
-- than $excursion_h in between, and were observed meanwhile.
with followed as (
    select
        *,
        lag(kind) over (partition by watch, segment_1, segment_2 order by from_s nulls last) as kind_before,
        lag(to_s) over (partition by watch, segment_1, segment_2 order by from_s nulls last) as to_before_s
    from encounter_pieces
),

numbered as (
    select
        *,
        sum(
            case
                when kind <> 'ended' and kind_before <> 'ended' and from_s - to_before_s <= 3600 * cast($excursion_h as double) then 0
                else 1
            end
        ) over (partition by watch, segment_1, segment_2 order by from_s nulls last rows between unbounded preceding and current row) as number
    from followed
),

gathered as (
    select
        watch, segment_1, segment_2, number, min(from_s) as start_s, max(to_s) as end_s,
        sum(case when kind = 'bridged' then to_s - from_s else 0 end) as bridged_s,
        max(case when kind = 'bridged' then silence_s else 0 end) as longest_silence_s,
        coalesce(min(nearest_m), min(edge_m)) as nearest_m
    from numbered
    where kind <> 'ended'
    group by watch, segment_1, segment_2, number
)

select
    row_number() over (order by watch nulls last, start_s nulls last, segment_1 nulls last, segment_2 nulls last) as meeting,
    *
from gathered
where end_s - start_s >= 3600 * cast($hours as double)
