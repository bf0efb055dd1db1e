"""Weekly customer segments on a cluster, by Airflow's SparkSubmitOperator (apache-airflow-providers-apache-spark).

The program is built once on the machine that submits (./submit.sh tables builds it) and is started there by spark-submit in client mode, as
submit.sh does: Spark's own PythonRunner starts it in place of a Python program and hands it the gateway.
"""

from datetime import datetime, timedelta
from pathlib import Path

from airflow import DAG
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

HOME = Path("/opt/rfmspark")

# What the job needs of Spark, as submit.sh reads it.
NEEDED = dict(
    line.split(maxsplit=1)
    for line in (HOME / "conf/spark-defaults.conf").read_text().splitlines()
    if line.strip() and not line.startswith("#")
)

with DAG(
    dag_id="customer_segments",
    schedule="0 5 * * 1",
    start_date=datetime(2026, 1, 5),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 1, "retry_delay": timedelta(minutes=15)},
) as dag:
    SparkSubmitOperator(
        task_id="segments",
        conn_id="spark_default",
        application="spark-internal",
        java_class="org.apache.spark.deploy.PythonRunner",
        packages="io.delta:delta-spark_4.2_2.13:4.4.0",  # for Spark 4.2; a run without it names the one for its Spark
        conf={**NEEDED, "spark.pyspark.driver.python": "dotnet"},
        env_vars={"RFMSPARK_HOME": str(HOME)},
        application_args=[
            str(HOME / "artifacts/app/RfmSpark.Jobs.dll"),
            "",
            "--on-spark",
            "run",
            "--orders", "s3a://shop/orders",
            "--conf", "/etc/rfmspark.json",
            "--out", "s3a://shop/segments",
            # The day that the run looks from: the end of the week that the schedule closes, whenever it really starts.
            "--as-of", "{{ data_interval_end | ds }}",
            "--set", "migration.lookback=1w",
            "--log", "json",
        ],
    )
