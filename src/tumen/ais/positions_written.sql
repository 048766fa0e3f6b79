-- Rows of a file of text with the time as the file writes it, in one cell.
--
-- One row a row of the file. `stamp` is the cell for the time, or those for day and clock with a blank between.
select
    *,
    case
        when t is null
            then
                regexp_replace(trim(day), '[T ]0?0:00(:00([.]0+)?)?$', '')
                || ' ' || regexp_replace(trim(clock), '^([0-9]{2})([0-9]{2})([0-9]{2})([.][0-9]+)?$', '\1:\2:\3\4')
        else trim(t)
    end as stamp
from raw_positions
