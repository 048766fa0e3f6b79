-- Rows that show that a provision which binds or shields $target was broken or kept.
--
-- One row a provision and a row that shows it. A row that is not known yet shows nothing, and neither does one that
-- begins while the provision is not in force.
with witnesses as (
    select
        'evasion_cases' as witness_table, id, "date" as first_day, reported_by as publisher,
        concat(kind, ' ', cargo) as what, source
    from evasion_cases
    union all
    select 'evasion_parts', id, "start", reported_by, description, source
    from evasion_parts
    union all
    select 'workers', id, "start", publisher, concat(kind, ' ', host), source
    from workers
    union all
    select 'unrecorded', id, "start", publisher, concat(kind, ' ', partner), source
    from unrecorded
    union all
    select 'events', id, "date", '', description, source
    from events
)

select
    breaches.id, breaches.provision, breaches.shows, breaches.certainty, witnesses.witness_table,
    witnesses.id as row_id, witnesses.first_day, witnesses.publisher, witnesses.what, witnesses.source
from breaches
inner join provisions on breaches.provision = provisions.id
inner join witnesses
    on breaches.witness_table = witnesses.witness_table and breaches.witness_row = witnesses.id
where provisions.target = $target
    and witnesses.first_day >= provisions."start"
    and (provisions."end" is null or witnesses.first_day < provisions."end")
order by first_day nulls last, what nulls last, breaches.id nulls last
