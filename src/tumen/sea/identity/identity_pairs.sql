-- Two words that one ship said, or one number that two ships said: at one time, or one after the other.
--
-- One row a word and the next to be said first. `at_once` where their times overlap, from `start` to `end`; otherwise
-- `start` is when the one was last said and `end` when the other was first. A word that another one, said before both,
-- outlasts is left out.
with ordered as (
    select
        what, holder, word, first_t, last_t, messages,
        lead(word) over (partition by what, holder order by first_t nulls last, word nulls last) as other,
        lead(first_t) over (partition by what, holder order by first_t nulls last, word nulls last) as next_first_t,
        lead(last_t) over (partition by what, holder order by first_t nulls last, word nulls last) as next_last_t,
        max(last_t) over (
            partition by what, holder order by first_t nulls last, word nulls last
            rows between unbounded preceding and current row
        ) as latest_t
    from identity_words
)

select
    what, holder, word, other, messages,
    next_first_t < last_t as at_once,
    case when next_first_t < last_t then next_first_t else last_t end as "start",
    case when next_first_t < last_t then least(last_t, next_last_t) else next_first_t end as "end",
    case when what = 'mmsi' then cast(word as bigint) else holder end as mmsi,
    case when what = 'mmsi' then cast(other as bigint) else holder end as other_mmsi
from ordered
where other is not null and (next_first_t < last_t or last_t = latest_t)
