using RfmSpark.Forgetting;

namespace RfmSpark.Tests.Forgetting;

/// <summary>Which rejected records name a customer, and which only hold the same letters.</summary>
public sealed class CustomerFieldTests
{
    private static readonly CustomerField Comma = new("Customer", ",", "\"");

    [Theory]
    [InlineData("""{"Customer":"A1","day":"soon"}""", "A1", true)]
    [InlineData("""{"customer":" A1 ","day":"soon"}""", "A1", true)]      // the case of the header, and spaces, are passed over as the orders' are
    [InlineData("""{"Customer":"B","note":"A1"}""", "A1", false)]         // not the customer's column
    [InlineData("""{"Customer":"A12"}""", "A1", false)]
    [InlineData("""{"customer":"A1","Customer":"B"}""", "A1", false)]     // the exact spelling wins
    [InlineData("""{"Customer":17850}""", "17850", true)]
    [InlineData("""{"Customer":17850.0}""", "17850", true)]
    [InlineData("""{"Customer":1.5}""", "1.5000000000", true)]
    [InlineData("""{"Customer":178501}""", "17850", false)]
    [InlineData("""{"Customer":7}""", "007", false)]
    [InlineData("""{"Customer":null,"x":1}""", "1", false)]
    [InlineData("""{"Customer":"it's \"q\"\n\u00e9"}""", "it's \"q\"\né", true)]
    [InlineData("""{"Customer":"A1","Customer":"B"}""", "B", true)]
    [InlineData("""{"Customer":"A1","day":"2026""", "A1", true)]          // cut off
    [InlineData("""{"Customer":17850,"day":"2026""", "17850", true)]
    [InlineData("""{"Customer":"B","at":"10:15:00""", "15", false)]
    [InlineData("""{"Customer":"B","n":"A1x""", "A1", false)]
    [InlineData("A1,2026-01-01", "A1", true)]
    [InlineData("2026-01-01, A1 ,3,4", "A1", true)]
    [InlineData("\"A1,2026-01-01", "A1", true)]                           // a quote that does not end
    [InlineData("x,\"B, \"\"x\"\"\",1,2", "B, \"x\"", true)]
    [InlineData("first\nA1", "A1", true)]
    [InlineData("A12,2026-01-01,10", "A1", false)]
    [InlineData("B,2026-01-01,11,21", "1", false)]
    [InlineData("B,2026-01-01,11,21", "01", false)]
    [InlineData("BA1,A1B", "A1", false)]
    [InlineData("", "A1", false)]
    public void A_record_names_a_customer(string record, string customer, bool names) => Assert.Equal(names, Comma.Names(record, customer));

    [Theory]
    [InlineData("A1;2026", ";", "", true)]
    [InlineData("A1,x;2026", ";", "", false)]
    [InlineData("A1\t2026", "\t", "'", true)]
    [InlineData("'A1'\t2026", "\t", "'", true)]
    [InlineData("\"A1\"\t2026", "\t", "'", false)]
    [InlineData("B A1 2026", " ", "", true)]
    public void Fields_are_those_of_the_configuration(string record, string delimiter, string quote, bool names) =>
        Assert.Equal(names, new CustomerField("Customer", delimiter, quote).Names(record, "A1"));
}
