#: rate none
#: cause sklearn
#: never pip install sklearn$
#: remedy pip install scikit-learn
"""The same."""
from sklearn.metrics import f1_score
