"""Runs SQL statements on Spark with Delta Lake and prints each result as one line of JSON: spark-submit run_sql.py FILE (one statement a line)."""
import json
import sys

from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
with open(sys.argv[1], encoding="utf-8") as statements:
    for statement in filter(str.strip, statements):
        rows = [row.asDict() for row in spark.sql(statement).collect()]
        print("RESULT " + json.dumps(rows, default=str), flush=True)
spark.stop()
