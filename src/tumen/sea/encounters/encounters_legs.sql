-- From each position of a track to the next: a leg, a silence that may be bridged, or neither.
--
-- One row a position; `t_1` is null for a track's last. Places are points in space, metres from the earth's
-- centre, and ships move on the straight line between them.
with placed as (
    select
        mmsi, segment, n, date_diff('microsecond', timestamp '1970-01-01', t) / 1e6 as t_0,
        6371008.8 * cos(radians(lat)) * cos(radians(lon)) as x_0,
        6371008.8 * cos(radians(lat)) * sin(radians(lon)) as y_0,
        6371008.8 * sin(radians(lat)) as z_0
    from tracked
),

stepped as (
    select
        *,
        lead(t_0) over (partition by mmsi, segment order by n nulls last) as t_1,
        lead(x_0) over (partition by mmsi, segment order by n nulls last) as x_1,
        lead(y_0) over (partition by mmsi, segment order by n nulls last) as y_1,
        lead(z_0) over (partition by mmsi, segment order by n nulls last) as z_1
    from placed
)

select
    *,
    coalesce(t_1 - t_0 <= 3600 * cast($leg_h as double), false) as is_leg,
    coalesce(
        t_1 - t_0 > 3600 * cast($leg_h as double) and t_1 - t_0 <= 3600 * cast($silence_h as double)
        and sqrt(power(x_1 - x_0, 2) + power(y_1 - y_0, 2) + power(z_1 - z_0, 2))
        <= (t_1 - t_0) * cast($bridge_kn as double) * 1852 / 3600,
        false
    ) as is_silence
from stepped
