-- What a file's longitudes, speeds and draughts tell of how the file writes them.
--
-- One row: positions east of 180 degrees, west of 0, and from 0 to 180; whether a speed or a draught has a fraction.
-- A longitude of exactly 181 is what AIS sends for "not available".
with cells as (
    select
        try_cast(replace(lon, ',', '.') as double) as lon,
        try_cast(replace(lat, ',', '.') as double) as lat,
        try_cast(replace(speed_kn, ',', '.') as double) as speed,
        try_cast(replace(draught_m, ',', '.') as double) as draught
    from raw_positions
)

select
    coalesce(sum(case when lon > 180 and lon <= 360 and lon <> 181 and lat between -90 and 90 then 1 end), 0) as beyond,
    coalesce(sum(case when lon < 0 and lon >= -180 then 1 end), 0) as west,
    coalesce(sum(case when lon between 0 and 180 then 1 end), 0) as east,
    coalesce(max(case when speed <> floor(speed) then 1 end), 0) as broken_speeds,
    coalesce(max(case when draught <> floor(draught) then 1 end), 0) as broken_draughts
from cells
