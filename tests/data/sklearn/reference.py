"""Expected values of the cluster tests, from scikit-learn.

    /usr/bin/python3 reference.py DATA CUSTOMERS > reference.json

Made with scikit-learn 1.2.1 (Debian package python3-sklearn), numpy 1.24.2.
DATA is the folder of case_study_20_customers.csv. CUSTOMERS is the folder of
online_retail.csv, cdnow_master.csv and generated.csv: the table
customer_segments of each data set, as `show customer_segments --format csv`
writes it, as of 2011-12-10 for online_retail, as of 1998-07-01 for
cdnow_master, and as of 2025-12-31 for the orders of
`generate --customers 1000000`.
"""
import csv
import json
import sys
import warnings

import numpy as np
from sklearn.cluster import DBSCAN, KMeans
from sklearn.feature_selection import f_classif
from sklearn.metrics import adjusted_rand_score, silhouette_score

warnings.filterwarnings("ignore")


def case_features(folder):
    """The 20 customers, each feature scaled to 0..1, recency inverted."""
    raw = read_columns(folder + "/case_study_20_customers.csv")
    low, high = raw.min(axis=0), raw.max(axis=0)
    scaled = (raw - low) / (high - low)
    scaled[:, 0] = 1 - scaled[:, 0]
    return scaled


def read_columns(path, names=("recency_days", "frequency", "monetary")):
    with open(path, newline="") as file:
        rows = csv.DictReader(file)
        return np.array([[float(row[name]) for name in names] for row in rows])


def scaled(folder, name):
    """Clipped, log1p, standardised; with the bounds, means and deviations."""
    raw = read_columns(f"{folder}/{name}.csv")
    low, high = np.quantile(raw, (0.005, 0.995), axis=0)
    logs = np.log1p(np.maximum(np.clip(raw, low, high), 0))
    mean, sd = logs.mean(axis=0), logs.std(axis=0)
    return (logs - mean) / sd, low, high, mean, sd


def generated(folder):
    """Four clusters of a million generated customers."""
    x = scaled(folder, "generated")[0]
    fit = KMeans(n_clusters=4, n_init=10, random_state=0).fit(x)
    return {"customers": len(x), "inertia": {"4": fit.inertia_}}


def customers(folder, name):
    """K-means and outliers of customers."""
    x, low, high, mean, sd = scaled(folder, name)
    fits = {
        k: KMeans(n_clusters=k, n_init=10, random_state=0).fit(x)
        for k in range(2, 11)
    }
    four = fits[4]
    order = np.argsort(-four.cluster_centers_[:, 2])
    sizes = np.bincount(four.labels_, minlength=4)
    return {
        "customers": len(x),
        "clip_low": low.tolist(),
        "clip_high": high.tolist(),
        "mean": mean.tolist(),
        "sd": sd.tolist(),
        "sum_of_squares": float((x ** 2).sum()),
        "inertia": {str(k): fit.inertia_ for k, fit in fits.items()},
        "centres_at_4": four.cluster_centers_[order].tolist(),
        "sizes_at_4": sizes[order].tolist(),
        "dbscan": [
            {
                "eps": eps,
                "min_samples": least,
                "noise": len(noise(x, eps, least, "kd_tree")),
            }
            for eps in (0.3, 0.5) for least in (5, 20)
        ],
    }


def noise(x, eps, least, algorithm="auto"):
    fit = DBSCAN(eps=eps, min_samples=least, algorithm=algorithm).fit(x)
    return np.flatnonzero(fit.labels_ == -1).tolist()


def squared_silhouettes(x, labels):
    """Silhouettes with squared Euclidean distances, from every pair."""
    d = ((x[:, None, :] - x[None, :, :]) ** 2).sum(axis=2)
    values = []
    for i, own in enumerate(labels):
        mine = (labels == own) & (np.arange(len(labels)) != i)
        if not mine.any():
            values.append(0.0)
            continue
        a = d[i, mine].mean()
        b = min(d[i, labels == c].mean() for c in set(labels) if c != own)
        values.append((b - a) / max(a, b))
    return values


def case_study(folder):
    x = case_features(folder)
    fits = {
        k: KMeans(n_clusters=k, n_init=1000, random_state=0).fit(x)
        for k in range(2, 9)
    }
    four = fits[4].labels_
    return {
        "inertia": {str(k): fit.inertia_ for k, fit in fits.items()},
        "silhouette": {
            str(k): silhouette_score(x, fit.labels_) for k, fit in fits.items()
        },
        "labels_at_4": four.tolist(),
        "f_at_4": f_classif(x, four)[0].tolist(),
        "squared_silhouettes_at_4": squared_silhouettes(x, four),
        "dbscan": [
            {
                "eps": eps,
                "min_samples": least,
                "noise_indices": noise(x, eps, least),
            }
            for eps in (0.1, 0.15, 0.25) for least in (3, 5)
        ],
    }


def adjusted_rand():
    pairs = [
        ([0, 0, 1, 1, 2, 2, 2, 0], [0, 0, 1, 1, 2, 2, 2, 0]),
        ([0, 0, 1, 1, 2, 2, 2, 0], [2, 2, 0, 0, 1, 1, 1, 2]),
        ([0, 0, 0, 1, 1, 1, 2, 2, 2, 2], [0, 1, 2, 0, 1, 2, 0, 1, 2, 0]),
        ([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 0, 0]),
        (
            [0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3],
            [0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 0],
        ),
    ]
    return [
        {"labels_a": a, "labels_b": b, "value": adjusted_rand_score(a, b)}
        for a, b in pairs
    ]


def weighted_points():
    x = np.array([[0, 0], [0.5, 0], [0.5, 1], [1, 1]])
    init = np.array([[0.0, 0.0], [1.0, 1.0]])
    fit = KMeans(n_clusters=2, n_init=1, init=init)
    fit.fit(x, sample_weight=[3, 1, 1, 3])
    return {
        "labels": fit.labels_.tolist(),
        "inertia": fit.inertia_,
        "centres": fit.cluster_centers_.tolist(),
        "steps": fit.n_iter_,
    }


def main():
    data, exported = sys.argv[1:]
    values = {
        "adjusted_rand": adjusted_rand(),
        "case_study_20": case_study(data),
        "customers": {
            name: customers(exported, name)
            for name in ("online_retail", "cdnow_master")
        } | {"generated": generated(exported)},
        "weighted_points": weighted_points(),
    }
    json.dump(values, sys.stdout, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
