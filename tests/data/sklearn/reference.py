"""Expected values of the cluster tests, from scikit-learn.

    /usr/bin/python3 reference.py ../../../../shared/data > reference.json

Made with scikit-learn 1.2.1 (Debian package python3-sklearn). The argument is the folder of case_study_20_customers.csv.
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
    """Recency, frequency and monetary of the 20 customers, each scaled to 0..1, recency inverted."""
    with open(folder + "/case_study_20_customers.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    raw = np.array([[float(r[c]) for c in ("recency_days", "frequency", "monetary")] for r in rows])
    scaled = (raw - raw.min(axis=0)) / (raw.max(axis=0) - raw.min(axis=0))
    scaled[:, 0] = 1 - scaled[:, 0]
    return scaled


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
    fits = {k: KMeans(n_clusters=k, n_init=1000, random_state=0).fit(x) for k in range(2, 9)}
    four = fits[4].labels_
    return {
        "inertia": {str(k): fit.inertia_ for k, fit in fits.items()},
        "silhouette": {str(k): silhouette_score(x, fit.labels_) for k, fit in fits.items()},
        "labels_at_4": four.tolist(),
        "f_at_4": f_classif(x, four)[0].tolist(),
        "squared_silhouettes_at_4": squared_silhouettes(x, four),
        "dbscan": [
            {"eps": eps, "min_samples": least,
             "noise_indices": np.flatnonzero(DBSCAN(eps=eps, min_samples=least).fit(x).labels_ == -1).tolist()}
            for eps in (0.1, 0.15, 0.25) for least in (3, 5)
        ],
    }


def adjusted_rand():
    pairs = [
        ([0, 0, 1, 1, 2, 2, 2, 0], [0, 0, 1, 1, 2, 2, 2, 0]),
        ([0, 0, 1, 1, 2, 2, 2, 0], [2, 2, 0, 0, 1, 1, 1, 2]),
        ([0, 0, 0, 1, 1, 1, 2, 2, 2, 2], [0, 1, 2, 0, 1, 2, 0, 1, 2, 0]),
        ([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 0, 0]),
        ([0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3], [0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 0]),
    ]
    return [{"labels_a": a, "labels_b": b, "value": adjusted_rand_score(a, b)} for a, b in pairs]


def weighted_points():
    x = np.array([[0, 0], [0.5, 0], [0.5, 1], [1, 1]])
    fit = KMeans(n_clusters=2, n_init=1, init=np.array([[0.0, 0.0], [1.0, 1.0]])).fit(x, sample_weight=[3, 1, 1, 3])
    return {"labels": fit.labels_.tolist(), "inertia": fit.inertia_, "centres": fit.cluster_centers_.tolist(), "steps": fit.n_iter_}


json.dump({"case_study_20": case_study(sys.argv[1]), "adjusted_rand": adjusted_rand(), "weighted_points": weighted_points()},
          sys.stdout, indent=1, sort_keys=True)
print()
