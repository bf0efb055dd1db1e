#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:project ../../../src/RfmSpark.Spark/RfmSpark.Spark.csproj
// A session of its own, as a notebook has one: says which processes it is and has started, shows some rows, and waits to be killed.
using RfmSpark.Spark;
using RfmSpark.Spark.Gateway;

using var spark = SparkSession.Builder().AppName("session").Master("local[1]").Config("spark.ui.enabled", "false").GetOrCreate();
using var numbers = spark.Sql("SELECT id, id * id AS square FROM range(3)");
numbers.Show();
using var jvm = (JavaObject)spark.Gateway.Static("java.lang.ProcessHandle", "current")!;
Console.WriteLine($"driver {Environment.ProcessId} jvm {jvm.Call("pid")}");
Console.ReadLine();
