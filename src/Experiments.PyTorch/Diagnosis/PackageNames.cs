using System.Collections.Frozen;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>Which package has a module. Only what is known: a package of the module's name may be a stranger's.</summary>
internal static class PackageNames
{
    /// <summary>Packages whose name is another than their module's.</summary>
    private static readonly FrozenDictionary<string, string> Other = new Dictionary<string, string>
    {
        ["attr"] = "attrs", ["bs4"] = "beautifulsoup4", ["clip"] = "git+https://github.com/openai/CLIP.git", ["cpuinfo"] = "py-cpuinfo",
        ["cv2"] = "opencv-python-headless", ["Crypto"] = "pycryptodome", ["dateutil"] = "python-dateutil",
        ["detectron2"] = "git+https://github.com/facebookresearch/detectron2.git", ["distutils"] = "setuptools", ["docx"] = "python-docx",
        ["dotenv"] = "python-dotenv", ["faiss"] = "faiss-cpu", ["fitz"] = "PyMuPDF", ["git"] = "GitPython", ["grpc"] = "grpcio",
        ["hydra"] = "hydra-core", ["imblearn"] = "imbalanced-learn", ["jwt"] = "PyJWT", ["lightning_fabric"] = "lightning-fabric",
        ["magic"] = "python-magic", ["mpl_toolkits"] = "matplotlib", ["MySQLdb"] = "mysqlclient", ["OpenGL"] = "PyOpenGL",
        ["PIL"] = "Pillow", ["pkg_resources"] = "setuptools", ["psycopg2"] = "psycopg2-binary", ["pynvml"] = "nvidia-ml-py",
        ["pytorch_lightning"] = "pytorch-lightning", ["ruamel"] = "ruamel.yaml",
        ["segmentation_models_pytorch"] = "segmentation-models-pytorch", ["sentence_transformers"] = "sentence-transformers",
        ["serial"] = "pyserial", ["skimage"] = "scikit-image", ["sklearn"] = "scikit-learn", ["skopt"] = "scikit-optimize",
        ["skvideo"] = "scikit-video", ["slugify"] = "python-slugify", ["snappy"] = "python-snappy",
        ["torch_geometric"] = "torch-geometric", ["torch_scatter"] = "torch-scatter", ["torch_sparse"] = "torch-sparse",
        ["turbojpeg"] = "PyTurboJPEG", ["umap"] = "umap-learn", ["usb"] = "pyusb", ["win32api"] = "pywin32", ["wx"] = "wxPython",
        ["xdg"] = "pyxdg", ["yaml"] = "PyYAML", ["zmq"] = "pyzmq",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Packages of their module's name that trainings use.</summary>
    private static readonly FrozenSet<string> Same = new[]
    {
        "accelerate", "aiohttp", "albumentations", "av", "bitsandbytes", "boto3", "click", "comet_ml", "datasets", "decord", "deepspeed",
        "diffusers", "dill", "easydict", "editdistance", "einops", "evaluate", "fairscale", "fastai", "ffcv", "fire", "flair", "fsspec",
        "ftfy", "fvcore", "gdown", "gensim", "gpytorch", "h5py", "huggingface_hub", "igraph", "imageio", "imgaug", "iopath", "joblib",
        "Levenshtein", "jsonargparse", "kornia", "librosa", "lightning", "lmdb", "loguru", "lxml", "matplotlib", "mlflow", "mmcv",
        "monai", "msgpack", "mmengine", "munch", "neptune", "netCDF4", "networkx", "nibabel", "nltk", "numba", "numpy", "omegaconf",
        "onnx", "onnxruntime", "open3d", "OpenEXR", "openpyxl", "optuna", "orjson", "pandas", "peft", "plotly", "polars", "portalocker",
        "prettytable", "psutil", "pyarrow", "pycocotools", "pydantic", "pydicom", "pytest", "ray", "rdkit", "regex", "requests", "rich",
        "s3fs", "sacrebleu", "sacred", "safetensors", "scipy", "seaborn", "sentencepiece", "seqeval", "shapely", "SimpleITK",
        "simplejson", "six", "soundfile", "spacy", "submitit", "sympy", "tabulate", "tensorboard", "tensorboardX", "tensorflow",
        "termcolor", "thop", "tifffile", "tiktoken", "timm", "tokenizers", "toml", "torch", "torchaudio", "torchdata", "torchmetrics",
        "torchtext", "torchvision", "tqdm", "transformers", "trimesh", "typer", "tyro", "ujson", "wandb", "webdataset", "xformers",
        "xgboost", "yacs", "zarr", "zstandard",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What left the standard library with Python 3.12 and 3.13, and has no package that takes its place.</summary>
    private static readonly FrozenSet<string> Removed = new[]
    {
        "asynchat", "asyncore", "imp", "smtpd", "aifc", "audioop", "cgi", "cgitb", "chunk", "crypt", "imghdr", "mailcap", "msilib", "nis",
        "nntplib", "ossaudiodev", "pipes", "sndhdr", "spwd", "sunau", "telnetlib", "uu", "xdrlib", "lib2to3",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The package to install for a module; null where it is not known.</summary>
    /// <param name="module">The module's first name.</param>
    public static string? Of(string module) => Other.GetValueOrDefault(module) ?? (Same.Contains(module) ? module : null);

    /// <summary>Whether Python itself had the module in earlier versions.</summary>
    /// <param name="module">The module's first name.</param>
    public static bool IsRemovedFromPython(string module) => Removed.Contains(module);
}
