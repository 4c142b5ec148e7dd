-- focus: one row per line of a bill in the FinOps standard, versions 1.0 to 1.4, with its words
-- The standard has no column for tokens: newer bills say in SkuPriceDetails what the line metered.
SELECT
    regexp_replace(regexp_replace(ChargePeriodStart,
        '^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})', '\3-\1-\2'),
        '^([0-9]{1,2})/([0-9]{1,2})/([0-9]{2})$', '20\3-\1-\2')  AS charge_start,
    regexp_replace(regexp_replace(ChargePeriodEnd,
        '^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})', '\3-\1-\2'),
        '^([0-9]{1,2})/([0-9]{1,2})/([0-9]{2})$', '20\3-\1-\2')  AS charge_end,
    x_ExportTime                                                 AS exported_at,
    provider,
    BillingAccountId                                             AS billing_account,
    ServiceName                                                  AS service,
    coalesce(ChargeDescription, SkuMeter, SkuId)                 AS sku,
    CASE
        WHEN ChargeCategory = 'Purchase'                         THEN 'purchase'
        WHEN ChargeCategory = 'Tax'                              THEN 'tax'
        WHEN ChargeCategory = 'Credit'                           THEN 'credit'
        WHEN regexp_matches(lower(ChargeDescription), '\brounding\b') THEN 'rounding'
        WHEN ChargeCategory = 'Adjustment'                       THEN 'refund'
        WHEN ChargeClass = 'Correction' AND starts_with(trim(BilledCost), '-') THEN 'refund'
        ELSE 'usage'
    END                                                          AS category,
    -- Microsoft divided a quantity of blocks by the block once more: these two are as much too small.
    CASE WHEN in_blocks IS NOT TRUE THEN ListCost END            AS list_cost,
    CASE WHEN in_blocks IS NOT TRUE THEN ContractedCost END      AS contracted_cost,
    -- Some bills leave 0 where nothing was prepaid: then what was billed is what it cost.
    CASE WHEN TRY_CAST(EffectiveCost AS DECIMAL(30, 18)) = 0 AND ChargeCategory = 'Usage'
            AND CommitmentDiscountId IS NULL
        THEN BilledCost ELSE EffectiveCost END                   AS effective_cost,
    BilledCost                                                   AS billed_cost,
    upper(BillingCurrency)                                       AS currency,
    coalesce(SubAccountName, SubAccountId)                       AS project,
    md5(concat_ws('|', BillingAccountId, coalesce(SubAccountId, '-'), coalesce(ResourceId, '-'),
        coalesce(ServiceName, '-'), coalesce(SkuId, '-'), coalesce(SkuPriceId, '-'),
        coalesce(SkuMeter, '-'), coalesce(CAST(SkuPriceDetails AS VARCHAR), '-'),
        coalesce(ChargeCategory, '-'), coalesce(ChargeClass, '-'), coalesce(ChargeDescription, '-'),
        coalesce(RegionId, '-'), coalesce(PricingCategory, '-'), coalesce(PricingUnit, '-'),
        coalesce(CommitmentDiscountId, '-'), coalesce(PrincipalId, '-'), coalesce(CredentialId, '-'),
        coalesce(BillingCurrency, '-'), coalesce(x_Operation, '-'), coalesce(Tags, '-'))) AS natural_id,
    CASE provider
        WHEN 'bedrock' THEN coalesce(x_UsageType, SkuMeter, ChargeDescription)
        WHEN 'azure'   THEN coalesce(x_SkuMeterName, SkuMeter, ChargeDescription)
        WHEN 'google'  THEN coalesce(ChargeDescription, SkuMeter)
        WHEN 'vertex'  THEN coalesce(ChargeDescription, SkuMeter)
        ELSE coalesce(SkuMeter, ChargeDescription)
    END                                                          AS said,
    concat_ws(' ', ServiceName, x_SkuMeterSubcategory, ChargeDescription) AS product,
    json_extract_string(SkuPriceDetails, '$.ModelId')            AS stated_model,
    CASE
        WHEN lower(cached) = 'read'                              THEN 'cache_read'
        WHEN lower(cached) = 'write' AND regexp_matches(lower(SkuMeter), '1 ?h') THEN 'cache_write_1h'
        WHEN lower(cached) = 'write'                             THEN 'cache_write_5m'
        WHEN lower(way) = 'output'                               THEN 'output'
        WHEN lower(way) = 'input'                                THEN 'input_uncached'
    END                                                          AS stated_class,
    coalesce(ConsumedQuantity, PricingQuantity)                  AS used,
    CASE WHEN ConsumedQuantity IS NULL THEN PricingUnit ELSE ConsumedUnit END AS used_unit,
    CASE WHEN in_blocks THEN each WHEN each IS NOT NULL THEN '1' END AS block,
    -- A "token" may also be a prepaid credit of some other software.
    CASE
        WHEN ServiceSubcategory = 'Generative AI'                THEN TRUE
        WHEN provider IN ('openai', 'anthropic')                 THEN TRUE
        WHEN ServiceCategory = 'AI and Machine Learning'
            AND regexp_matches(lower(concat_ws(' ', ConsumedUnit, PricingUnit)), '\btokens?\b') THEN TRUE
    END                                                          AS about_ai,
    CAST(NULL AS VARCHAR)                                        AS ignored
FROM (
    SELECT
        *,
        each IS NOT NULL AND abs(consumed * price - billed) * 100 <= abs(billed) AS in_blocks
    FROM (
        SELECT
            *,
            -- How many units have one price together, where the unit does not say so.
            CASE
                WHEN provider <> 'azure' OR lower(ConsumedUnit) <> 'units' THEN NULL
                WHEN abs(consumed - priced * 1000) * 100 <= abs(consumed)    THEN '1000'
                WHEN abs(consumed - priced * 1000000) * 100 <= abs(consumed) THEN '1000000'
            END                                                  AS each
        FROM (
            SELECT
                *,
                json_extract_string(SkuPriceDetails, '$.TokenCacheAction') AS cached,
                json_extract_string(SkuPriceDetails, '$.TokenDirection')   AS way,
                TRY_CAST(BilledCost AS DECIMAL(19, 6))           AS billed,
                TRY_CAST(ConsumedQuantity AS DECIMAL(19, 6))     AS consumed,
                TRY_CAST(PricingQuantity AS DECIMAL(19, 9))      AS priced,
                TRY_CAST(coalesce(ContractedUnitPrice, ListUnitPrice) AS DECIMAL(14, 9)) AS price,
                CASE
                    WHEN regexp_matches(who, 'amazon|\baws\b')           THEN 'bedrock'
                    WHEN regexp_matches(who, 'microsoft|azure')          THEN 'azure'
                    WHEN regexp_matches(who, 'google') AND regexp_matches(lower(ServiceName),
                        'gemini api|generative language')                THEN 'google'
                    WHEN regexp_matches(who, 'google')                   THEN 'vertex'
                    WHEN regexp_matches(who, 'openai')                   THEN 'openai'
                    WHEN regexp_matches(who, 'anthropic')                THEN 'anthropic'
                    ELSE lower(coalesce(InvoiceIssuerName, ServiceProviderName, ProviderName))
                END                                                      AS provider
            FROM (
                SELECT
                    *,
                    lower(concat_ws(' ', InvoiceIssuerName, HostProviderName, ServiceProviderName,
                        ProviderName))                                   AS who
                FROM export
            ) AS named
        ) AS billed
    ) AS counted
) AS weighed
