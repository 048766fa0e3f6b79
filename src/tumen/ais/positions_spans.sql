-- What a file's longitudes, speeds and draughts tell of how the file writes them.
--
-- One row: positions east of 180 degrees, west of 0, and from 0 to 180; whether a speed or a draught has a fraction.
-- A longitude of exactly 181 is what AIS sends for "not available".
select
    coalesce(sum(case when lon_said > 180 and lon_said <= 360 and lon_said <> 181 and lat between -90 and 90 then copies end), 0) as beyond,
    coalesce(sum(case when lon_said < 0 and lon_said >= -180 then copies end), 0) as west,
    coalesce(sum(case when lon_said between 0 and 180 then copies end), 0) as east,
    coalesce(max(case when speed_said <> floor(speed_said) then 1 end), 0) as broken_speeds,
    coalesce(max(case when draught_said <> floor(draught_said) then 1 end), 0) as broken_draughts
from cells
