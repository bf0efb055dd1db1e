using RfmSpark.Engine;

namespace RfmSpark.Report.Data;

/// <summary>Values that are not always known.</summary>
internal static class RowReading
{
    extension(IRow row)
    {
        internal double? DoubleOrNull(int column) => row.IsNull(column) ? null : row.Double(column);

        internal decimal? DecimalOrNull(int column) => row.IsNull(column) ? null : row.Decimal(column);

        internal long? LongOrNull(int column) => row.IsNull(column) ? null : row.Long(column);
    }
}
