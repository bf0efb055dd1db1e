namespace RfmSpark.Engine;

/// <summary>Values that are not always known.</summary>
public static class RowWriting
{
    extension(IRowWriter row)
    {
        /// <summary>A double, or NULL.</summary>
        public void DoubleOrNull(double? value)
        {
            if (value is { } known) row.Double(known);
            else row.Null();
        }

        /// <summary>A decimal, or NULL.</summary>
        public void DecimalOrNull(decimal? value)
        {
            if (value is { } known) row.Decimal(known);
            else row.Null();
        }

        /// <summary>An integer, or NULL.</summary>
        public void LongOrNull(long? value)
        {
            if (value is { } known) row.Long(known);
            else row.Null();
        }
    }
}
