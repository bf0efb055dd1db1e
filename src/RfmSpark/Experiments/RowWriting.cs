using RfmSpark.Engine;

namespace RfmSpark.Experiments;

/// <summary>Doubles that a group of customers may be too small to have.</summary>
internal static class RowWriting
{
    extension(IRowWriter row)
    {
        internal void DoubleOrNull(double? value)
        {
            if (value is { } known) row.Double(known);
            else row.Null();
        }
    }
}
