-- Each gap and port of the focal state, with the way by sea and whether a ship at $most_kn could have called.
--
-- One row a gap and port. `feasible` is null where a way was looked for and none found.
with ways as (
    select
        p.*, w.there_nm, w.back_nm, w.there_nm + w.back_nm as way_nm, w.pair is not null as looked_for
    from call_pairs as p
    left join sea_ways as w on p.pair = w.pair
)

select
    mmsi, name, imo, ship_type, "start", "end", duration_h, reception, port, lon, lat, straight_speed_kn,
    there_nm, back_nm,
    way_nm / (duration_h - $stay_h) as speed_needed_kn,
    duration_h - way_nm / cast($most_kn as double) as time_left_h,
    case
        when not looked_for then false
        when way_nm is not null then way_nm <= $most_kn * (duration_h - $stay_h)
    end as feasible,
    case
        when not looked_for then 'too far even in a straight line'
        when way_nm is null then 'no way by sea found'
        when way_nm > $most_kn * (duration_h - $stay_h) then 'too far by sea'
    end as why_not
from ways
