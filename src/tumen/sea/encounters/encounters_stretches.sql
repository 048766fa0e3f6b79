-- Each ship's first and last position in each stretch of $mark_s seconds.
--
-- One row a ship and stretch, with how many positions it has there; `stretch` counts from 1970. Of two positions at
-- one moment either may stand.
with stamped as (
    select mmsi, t, lon, lat, date_diff('microsecond', timestamp '1970-01-01', t) / 1e6 as t_s
    from positions
    where lon between -180 and 180 and lat between -90 and 90
)

select
    mmsi, cast(floor(t_s / cast($mark_s as double)) as bigint) as stretch, count(*) as positions,
    min(t_s) as first_s, min_by(lon, t_s) as lon_first, min_by(lat, t_s) as lat_first,
    max(t_s) as last_s, max_by(lon, t_s) as lon_last, max_by(lat, t_s) as lat_last
from stamped
group by mmsi, cast(floor(t_s / cast($mark_s as double)) as bigint)
