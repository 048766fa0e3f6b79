-- Votes as they are read from the United Nations' list, or from Voeten's table of votes with its table of roll calls.
--
-- One row a member's vote. `roll_call` tells apart votes on one resolution, null where the file numbers none.
with named as (
    select
        substr(trim(coalesce(c."date", v."date"), ' "'), 1, 10) as "day",
        nullif(trim(coalesce(v.resolution, v.unres, c.unres), ' "'), '') as symbol,
        nullif(trim(coalesce(v.undl_id, v.rcid), ' "'), '') as roll_call,
        nullif(trim(v.rcid, ' "'), '') as rcid,
        nullif(trim(coalesce(nullif(trim(v.ms_code, ' "'), ''), v.ms_name, v.ccode, v.countryname, v.country), ' "'), '') as member,
        lower(trim(coalesce(v.ms_vote, v.vote, ''), ' "')) as said,
        v._file
    from raw_votes as v
    left join raw_roll_calls as c on trim(v.rcid, ' "') = trim(c.rcid, ' "')
)
select
    case when regexp_matches("day", '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') then try_cast("day" as date) end as "day",
    case when rcid is null then symbol else concat(coalesce(symbol, 'roll call'), '#', rcid) end as resolution,
    roll_call, member,
    case
        when said in ('y', 'yes', '1', '1.0') then 'Y'
        when said in ('a', 'abstain', '2', '2.0') then 'A'
        when said in ('n', 'no', '3', '3.0') then 'N'
        when said in ('', 'x', 'nv', '8', '9', '8.0', '9.0', 'na', '-') then '-'
    end as vote,
    _file
from named
