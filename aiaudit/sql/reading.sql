-- reading: what the one name stands for on the day, and the limits of the offering.
SELECT
    i.offering,
    i.rule,
    i.did_you_mean,
    o.model,
    o.family,
    o.operation,
    o.context,
    o.max_output
FROM identified AS i
LEFT JOIN offerings AS o ON o.offering = i.offering
WHERE i.valid_from <= $on AND i.valid_to > $on
