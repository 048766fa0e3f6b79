-- IMO numbers whose seventh digit is not the one that the six before it give.
--
-- One row an MMSI and number. The digit is the last of the sum of the six, each times its place from the seventh.
with digits as (
    select
        *,
        (
            7 * (cast(floor(holder / 1000000e0) as bigint) % 10)
            + 6 * (cast(floor(holder / 100000e0) as bigint) % 10)
            + 5 * (cast(floor(holder / 10000e0) as bigint) % 10)
            + 4 * (cast(floor(holder / 1000e0) as bigint) % 10)
            + 3 * (cast(floor(holder / 100e0) as bigint) % 10)
            + 2 * (cast(floor(holder / 10e0) as bigint) % 10)
        ) % 10 as expected
    from identity_words
    where what = 'mmsi'
)

select cast(word as bigint) as mmsi, holder as imo, expected, first_t, last_t, messages
from digits
where expected <> holder % 10
