-- What a file's days such as 03/10/2024 tell of whether the day stands before the month or after it.
--
-- One row: how many have a first number above 12, a second one above 12, or neither and two numbers that differ; and
-- a stamp of each.
select
    coalesce(sum(case when first_number > 12 and second_number <= 12 then copies end), 0) as firsts_over,
    coalesce(sum(case when second_number > 12 and first_number <= 12 then copies end), 0) as seconds_over,
    coalesce(sum(case when first_number <= 12 and second_number <= 12 and first_number <> second_number then copies end), 0) as open_days,
    min(case when first_number > 12 and second_number <= 12 then stamp end) as day_first_stamp,
    min(case when second_number > 12 and first_number <= 12 then stamp end) as month_first_stamp,
    min(case when first_number <= 12 and second_number <= 12 and first_number <> second_number then stamp end) as open_stamp
from stamps
