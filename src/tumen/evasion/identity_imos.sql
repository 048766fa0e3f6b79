-- Every IMO number said, and whether its check digit is right: the last digit of 7a + 6b + 5c + 4d + 3e + 2f.
--
-- One row an IMO number.
select
    word as imo_said, cast(word as bigint) as imo,
    length(word) = 7
    and (
        7 * cast(substr(word, 1, 1) as integer) + 6 * cast(substr(word, 2, 1) as integer)
        + 5 * cast(substr(word, 3, 1) as integer) + 4 * cast(substr(word, 4, 1) as integer)
        + 3 * cast(substr(word, 5, 1) as integer) + 2 * cast(substr(word, 6, 1) as integer)
    ) % 10 = cast(substr(word, 7, 1) as integer) as valid
from (select distinct word from identity_spans where what = 'imo' and length(word) = 7) as seven
union all
select word as imo_said, cast(word as bigint) as imo, false as valid
from (select distinct word from identity_spans where what = 'imo' and length(word) <> 7) as others
