-- Votes as they are read from the United Nations' list, or from Voeten's table of votes with its table of roll calls.
--
-- One row a member's vote. `roll_call` tells apart votes on one resolution, null where the file numbers none. A number
-- that a program wrote as 3.0 is 3. `uncalled` is whether a table of roll calls is there and has no such number. `member` is
-- its name, its code, or both.
with calls as (
    select "date", unres, _file, regexp_replace(trim(rcid, ' "'), '[.]0+$', '') as rcid
    from raw_roll_calls
),
ballots as (
    select *, nullif(regexp_replace(trim(rcid, ' "'), '[.]0+$', ''), '') as number
    from raw_votes
),
named as (
    select
        trim(coalesce(c."date", v."date"), ' "') as said_day,
        case when c."date" is null then v._file else c._file end as _day_file,
        c.rcid is null and v.number is not null and v."date" is null as uncalled,
        nullif(trim(coalesce(v.resolution, v.unres, c.unres), ' "'), '') as symbol,
        coalesce(nullif(trim(v.undl_id, ' "'), ''), v.number) as roll_call,
        v.number as rcid,
        nullif(trim(coalesce(nullif(trim(v.ms_code, ' "'), ''), v.ccode, v.country_code), ' "'), '') as code,
        case
            when coalesce(trim(v.ms_code, ' "'), '') = ''
                then nullif(trim(coalesce(v.ms_name, v.countryname, v.country), ' "'), '')
        end as name,
        lower(trim(coalesce(v.ms_vote, v.vote, ''), ' "')) as said,
        v._file
    from ballots as v
    left join calls as c on v.number = c.rcid
)
select
    said_day, _day_file, uncalled,
    case when rcid is null then symbol else concat(coalesce(symbol, 'roll call'), '#', rcid) end as resolution,
    roll_call, code, name,
    case when code is null or name is null then coalesce(code, name) else concat(name, ' (', code, ')') end as member,
    case
        when said in ('y', 'yes', 'in favour', 'in favor', 'for', '1', '1.0') then 'Y'
        when said in ('a', 'abstain', 'abstained', 'abstention', 'abstaining', '2', '2.0') then 'A'
        when said in ('n', 'no', 'against', '3', '3.0') then 'N'
        when said in (
            '', 'x', 'nv', 'absent', 'non-voting', 'not voting', '8', '9', '8.0', '9.0', 'na', 'n/a', 'nan', '-'
        ) then '-'
    end as vote,
    _file
from named
